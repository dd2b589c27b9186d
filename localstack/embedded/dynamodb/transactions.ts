import db, { type Item, type LevelOperation, type Request } from 'dynalite/db/index.js';
import getValidation from 'dynalite/validations/getItem.js';
import { AwsError } from '../types.ts';
import { plain, validated } from './actions.ts';
import { asAwsError, transactionConflict, validationError } from './errors.ts';
import type { Idempotency } from './idempotency.ts';
import { itemBytes } from './item-checks.ts';
import type { Store } from './store.ts';
import { type Element, elementsOf, MAX_TRANSACTION_BYTES } from './transaction-input.ts';
import { locate, prepare, stage, type WriteKind } from './writes.ts';

type Input = Readonly<Record<string, unknown>>;
type Output = Promise<Record<string, unknown>>;

interface Reason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: unknown;
}

const kindOf: Record<string, WriteKind> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheck',
};

/**
 * All writes or none, isolated from every other write, which is refused while this is under way; one batch commits them. Throws TransactionCanceledException with a reason for each item in the order of the request.
 */
export async function writeTransaction(input: Input, store: Store, idempotency: Idempotency): Output {
  const elements = elementsOf(input.TransactItems, Object.keys(kindOf));
  const token = input.ClientRequestToken;
  if (token !== undefined && (typeof token !== 'string' || token.length < 1 || token.length > 36)) {
    throw validationError(
      `1 validation error detected: Value '${token}' at 'clientRequestToken' failed to satisfy constraint: Member must have length less than or equal to 36`,
    );
  }
  return idempotency.once(token, input.TransactItems, () => writeAll(elements, store));
}

async function writeAll(elements: readonly Element[], store: Store): Output {
  const writes = elements.map(({ kind, input }) => prepare(kindOf[kind] as WriteKind, input, store));
  for (const { request } of writes) store.table(request.TableName);
  const located = await settle(writes, async (write) => locate(write, store));
  const lockKeys = located.map(({ lockKey }) => lockKey);
  if (new Set(lockKeys).size < lockKeys.length) {
    throw validationError('Transaction request cannot include multiple operations on one item');
  }
  const free = new Set(lockKeys.filter((key) => isFree(key, store)));
  return store.contention.hold([...free], async () => {
    const operations: LevelOperation[] = [];
    await settle(located, async (write) => {
      if (!free.has(write.lockKey)) throw transactionConflict();
      await stage(write, store, operations);
    });
    checkTotalSize(operations);
    await store.contention.elapse();
    await store.commit(operations);
    return {};
  });
}

const isFree = (key: string, { contention, locks }: Store): boolean => !contention.isOngoing(key) && !locks.isHeld(key);

/** Does `work` for each write, whatever becomes of the others, and cancels the transaction when one was refused. */
async function settle<T, W>(writes: readonly W[], work: (write: W, index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  const reasons: Reason[] = [];
  for (const [index, write] of writes.entries()) {
    try {
      results.push(await work(write, index));
      reasons.push({ Code: 'None' });
    } catch (error) {
      reasons.push(reasonFor(error));
    }
  }
  if (results.length < writes.length) throw cancelled(reasons);
  return results;
}

function reasonFor(error: unknown): Reason {
  if (!(error instanceof AwsError)) throw error;
  if (error.code === 'ConditionalCheckFailedException') {
    return { Code: 'ConditionalCheckFailed', Message: error.message, ...error.details };
  }
  if (error.code === 'TransactionConflictException') return { Code: 'TransactionConflict', Message: error.message };
  if (error.code === 'ValidationException') return { Code: 'ValidationError', Message: error.message };
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

function checkTotalSize(operations: readonly LevelOperation[]): void {
  let bytes = 0;
  for (const operation of operations) {
    if (operation.type === 'put' && operation.key.startsWith('item-')) bytes += itemBytes(operation.value as Item);
  }
  if (bytes > MAX_TRANSACTION_BYTES) {
    throw validationError(
      `Transaction items have an aggregate size of ${bytes} bytes, more than the ${MAX_TRANSACTION_BYTES} bytes that are allowed: split the transaction.`,
    );
  }
}

/** Every item as of one moment: a snapshot keeps commits between two reads out. */
export async function readTransaction(input: Input, store: Store): Output {
  const requests = elementsOf(input.TransactItems, ['Get']).map(({ input: get }) =>
    validated(getValidation, get, store),
  );
  for (const { TableName: name } of requests) store.table(name);
  const keys = await settle(requests, async (request) => keyOf(request, store));
  if (new Set(requests.map(({ TableName: name }, index) => `${name}/${keys[index]}`)).size < keys.length) {
    throw validationError('Transaction request cannot include multiple operations on one item');
  }
  await settle(requests, async ({ TableName: name }, index) => {
    if (!isFree(`${name}/${keys[index]}`, store)) throw transactionConflict();
  });
  const snapshot = store.level.snapshot();
  try {
    const Responses = requests.map(({ TableName: name, _projection: projection }, index) => {
      const item = store.item(name, keys[index] as string, snapshot);
      if (item === undefined) return {};
      return { Item: projection === undefined ? item : plain(db.mapPaths(projection.paths, item)) };
    });
    return { Responses };
  } finally {
    await snapshot.close();
  }
}

function keyOf(request: Request, store: Store): string {
  const table = store.table(request.TableName);
  const invalid = db.validateKey(request.Key, table) ?? db.validateKeyPaths(request._projection?.nestedPaths, table);
  if (invalid) throw asAwsError(invalid);
  return db.createKey(request.Key, table);
}
