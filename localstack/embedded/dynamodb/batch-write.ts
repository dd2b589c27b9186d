import { AwsError } from '../types.ts';
import { isObject } from '../values.ts';
import { consumedByTable, unitsOf } from './capacity.ts';
import { collectionMetricsByTable } from './collection-metrics.ts';
import type { Database } from './database.ts';
import { serializationError, validationError } from './errors.ts';
import { type Input, type Output, requestItems } from './request.ts';
import { type LocatedWrite, locate, prepare, stage } from './writes.ts';

interface BatchRequest {
  readonly PutRequest?: { readonly Item: Record<string, unknown> };
  readonly DeleteRequest?: { readonly Key: Record<string, unknown> };
}

interface Element {
  readonly table: string;
  readonly request: BatchRequest;
  readonly write: LocatedWrite;
}

const mostRequests = 25;

/**
 * Up to 25 puts and deletes, without those of items that a transaction is under way for. AWS promises no atomicity here; one commit
 * gives it anyway.
 */
export function writeBatch(input: Input, database: Database): Output {
  const elements = Object.entries(requestItems(input, 'BatchWriteItem')).flatMap(([table, requests]) => {
    if (!Array.isArray(requests)) throw serializationError('RequestItems');
    if (requests.length === 0) {
      throw validationError('The batch write request list for a table cannot be null or empty');
    }
    if (!requests.every(isObject)) throw serializationError('RequestItems');
    return (requests as BatchRequest[]).map((request) => ({ table, request }));
  });
  if (elements.length > mostRequests) {
    throw validationError('Too many items requested for the BatchWriteItem call');
  }
  const located = elements.map((element): Element => ({ ...element, write: locatedOf(element, database) }));
  if (new Set(located.map(({ write }) => write.id)).size < located.length) {
    throw validationError('Provided list of item keys contains duplicates');
  }
  const isOngoing = ({ write }: Element): boolean => database.contention.isOngoing(write.id);
  const free = located.filter((element) => !isOngoing(element));
  const writes = free.map(({ write }) => stage(write));
  database.commit(writes);
  const waiting = Map.groupBy(located.filter(isOngoing), ({ table }) => table);
  const UnprocessedItems = Object.fromEntries(
    [...waiting].map(([table, some]) => [table, some.map(({ request }) => request)]),
  );
  return {
    UnprocessedItems,
    ...consumedByTable(input, () => writes.map((write) => unitsOf(write))),
    ...collectionMetricsByTable(input, writes),
  };
}

function locatedOf({ table, request }: { table: string; request: BatchRequest }, database: Database): LocatedWrite {
  const { PutRequest: put, DeleteRequest: remove } = request;
  if ((put === undefined) === (remove === undefined)) {
    throw validationError(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  }
  try {
    const kind = put === undefined ? 'DeleteItem' : 'PutItem';
    return locate(prepare(kind, { TableName: table, ...put, ...remove }), database);
  } catch (error) {
    // AWS words a key that does not fit in its own way here.
    if (error instanceof AwsError && /Missing the key|Type mismatch for key/.test(error.message)) {
      throw validationError('The provided key element does not match the schema');
    }
    throw error;
  }
}
