import type { LevelOperation } from 'dynalite/db/index.js';
import batchWriteValidation from 'dynalite/validations/batchWriteItem.js';
import { AwsError } from '../types.ts';
import { validated } from './actions.ts';
import { validationError } from './errors.ts';
import type { Store } from './store.ts';
import { type LocatedWrite, locate, stage, type WriteKind } from './writes.ts';

interface WriteRequest {
  readonly PutRequest?: { readonly Item: Record<string, unknown> };
  readonly DeleteRequest?: { readonly Key: Record<string, unknown> };
}

/** Up to 25 puts and deletes, without those of items that a transaction is under way for. AWS promises no atomicity here; one commit gives it anyway, and is the fastest. */
export async function writeBatch(
  input: Readonly<Record<string, unknown>>,
  store: Store,
): Promise<Record<string, unknown>> {
  const request = validated(batchWriteValidation, input, store);
  const all: { table: string; one: WriteRequest; write: LocatedWrite }[] = [];
  for (const [table, requests] of Object.entries(request.RequestItems as Record<string, WriteRequest[]>)) {
    for (const one of requests) {
      all.push({ table, one, write: located(table, one, request.ReturnConsumedCapacity, store) });
    }
  }
  if (new Set(all.map(({ write }) => write.lockKey)).size < all.length) {
    throw validationError('Provided list of item keys contains duplicates');
  }
  const isOngoing = ({ write }: { write: LocatedWrite }) => store.contention.isOngoing(write.lockKey);
  const writes = all.filter((one) => !isOngoing(one)).map(({ write }) => write);
  const UnprocessedItems: Record<string, WriteRequest[]> = {};
  for (const { table, one } of all.filter(isOngoing)) {
    UnprocessedItems[table] ??= [];
    UnprocessedItems[table].push(one);
  }
  const lockKeys = writes.map(({ lockKey }) => lockKey);
  const consumed = new Map<string, number>();
  await store.locks.hold(lockKeys, async () => {
    const operations: LevelOperation[] = [];
    for (const write of writes) {
      const result = await stage(write, store, operations);
      const units = (result.ConsumedCapacity as { CapacityUnits: number } | undefined)?.CapacityUnits;
      const { TableName: name } = write.request;
      if (units !== undefined) consumed.set(name, (consumed.get(name) ?? 0) + units);
    }
    await store.commit(operations);
  });
  const capacity = [...consumed].map(([TableName, CapacityUnits]) => ({ TableName, CapacityUnits }));
  return { UnprocessedItems, ...(capacity.length === 0 ? {} : { ConsumedCapacity: capacity }) };
}

function located(table: string, { PutRequest, DeleteRequest }: WriteRequest, capacity: unknown, store: Store) {
  const kind: WriteKind = PutRequest === undefined ? 'DeleteItem' : 'PutItem';
  const request = { TableName: table, ReturnConsumedCapacity: capacity, ...PutRequest, ...DeleteRequest };
  try {
    return locate({ kind, request: request as never, returnsItemOnFailure: false }, store);
  } catch (error) {
    // AWS words a key that does not fit in its own way here.
    if (error instanceof AwsError && /Missing the key|Type mismatch for key/.test(error.message)) {
      throw validationError('The provided key element does not match the schema');
    }
    throw error;
  }
}
