import { AwsError } from '../types.ts';
import { consumedByTable, readUnits, unitsOf, unitsOfRead } from './capacity.ts';
import { collectionMetricsByTable } from './collection-metrics.ts';
import type { Database } from './database.ts';
import { serializationError, transactionConflict, validationError } from './errors.ts';
import { projected } from './expressions/projection.ts';
import type { Idempotency } from './idempotency.ts';
import { itemBytes } from './item-size.ts';
import { locateRead, prepareRead } from './reads.ts';
import type { Input, Output } from './request.ts';
import type { Write } from './table.ts';
import { type Element, elementsOf, MAX_TRANSACTION_BYTES } from './transaction-input.ts';
import type { Item } from './values.ts';
import { locate, prepare, stage, type WriteKind } from './writes.ts';

interface Reason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: unknown;
}

/** By the element of a transaction. */
export const writeKinds: Readonly<Record<string, WriteKind>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheck',
};

/**
 * All writes or none, isolated from every other write, which is refused while this is under way. Throws
 * TransactionCanceledException with a reason for each item in the order of the request.
 */
export async function writeTransaction(input: Input, database: Database, idempotency: Idempotency): Promise<Output> {
  const elements = elementsOf(input.TransactItems, Object.keys(writeKinds));
  const token = input.ClientRequestToken ?? undefined;
  if (token !== undefined && typeof token !== 'string') throw serializationError('ClientRequestToken');
  if (token !== undefined && (token.length < 1 || token.length > 36)) {
    throw validationError(
      `1 validation error detected: Value '${token}' at 'clientRequestToken' failed to satisfy constraint: Member must have length less than or equal to 36`,
    );
  }
  return idempotency.once(token, input.TransactItems, async (keep) => {
    const { ids, writes } = stageAll(elements, database);
    const output = outputOf(input, writes);
    await database.contention.transact(ids, () => database.commit(writes, () => keep(output)));
    return output;
  });
}

function outputOf(input: Input, writes: readonly Write[]): Output {
  return {
    ...consumedByTable(input, () => writes.map((write) => unitsOf(write, 2))),
    ...collectionMetricsByTable(input, writes),
  };
}

function stageAll(elements: readonly Element[], database: Database) {
  const { contention } = database;
  const requests = elements.map(({ kind, input }) => prepare(writeKinds[kind] as WriteKind, input));
  for (const { tableName } of requests) database.table(tableName);
  const located = settle(requests, (request) => locate(request, database));
  const ids = assertDistinct(located.map(({ id }) => id));
  const writes = settle(located, (write) => {
    if (contention.isOngoing(write.id)) throw transactionConflict();
    return stage(write);
  });
  checkTotalSize(writes);
  return { ids, writes };
}

function assertDistinct(ids: readonly string[]): readonly string[] {
  if (new Set(ids).size === ids.length) return ids;
  throw validationError('Transaction request cannot include multiple operations on one item');
}

/** Does `work` for each one, whatever becomes of the others, and cancels the transaction where one was refused. */
function settle<From, To>(all: readonly From[], work: (one: From) => To): To[] {
  const results: To[] = [];
  const reasons: Reason[] = [];
  for (const one of all) {
    try {
      results.push(work(one));
      reasons.push({ Code: 'None' });
    } catch (error) {
      reasons.push(reasonFor(error));
    }
  }
  if (results.length < all.length) throw cancelled(reasons);
  return results;
}

function reasonFor(error: unknown): Reason {
  if (!(error instanceof AwsError)) throw error;
  const { code, message: Message, details } = error;
  if (code === 'ConditionalCheckFailedException') return { Code: 'ConditionalCheckFailed', Message, ...details };
  if (code === 'TransactionConflictException') return { Code: 'TransactionConflict', Message };
  if (code === 'ValidationException') return { Code: 'ValidationError', Message };
  throw error;
}

function cancelled(reasons: readonly Reason[]): AwsError {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    400,
    { CancellationReasons: reasons },
  );
}

function checkTotalSize(writes: readonly Write[]): void {
  refuseOversize(writes.flatMap(({ before, after }) => (after === before ? [] : [after])));
}

function refuseOversize(items: readonly (Item | undefined)[]): void {
  const bytes = items.reduce((sum, item) => sum + itemBytes(item), 0);
  if (bytes > MAX_TRANSACTION_BYTES) {
    throw validationError(
      `Transaction items have an aggregate size of ${bytes} bytes, more than the ${MAX_TRANSACTION_BYTES} bytes that are allowed: split the transaction.`,
    );
  }
}

/** Every item as of one moment. */
export function readTransaction(input: Input, database: Database): Output {
  const requests = elementsOf(input.TransactItems, ['Get']).map(({ input: get }) => prepareRead(get));
  for (const { tableName } of requests) database.table(tableName);
  const located = settle(requests, (request) => locateRead(request, database));
  assertDistinct(located.map(({ id }) => id));
  settle(located, ({ id }) => {
    if (database.contention.isOngoing(id)) throw transactionConflict();
  });
  const items = located.map(({ table, key }) => table.items.get(key));
  refuseOversize(items);
  const Responses = items.map((item, index) => {
    const paths = located[index]?.paths;
    if (item === undefined) return {};
    return { Item: projected(item, paths) };
  });
  const units = () =>
    items.map((item, index) => unitsOfRead(requests[index]?.tableName ?? '', 2 * readUnits(itemBytes(item), true)));
  return { Responses, ...consumedByTable(input, units) };
}
