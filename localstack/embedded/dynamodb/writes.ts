import deleteItem from 'dynalite/actions/deleteItem.js';
import putItem from 'dynalite/actions/putItem.js';
import updateItem from 'dynalite/actions/updateItem.js';
import db, { type Item, type LevelOperation, type Request } from 'dynalite/db/index.js';
import deleteValidation from 'dynalite/validations/deleteItem.js';
import putValidation from 'dynalite/validations/putItem.js';
import updateValidation from 'dynalite/validations/updateItem.js';
import { type Action, plain, run, validated } from './actions.ts';
import { matches } from './conditions.ts';
import { asAwsError, conditionFailed, transactionConflict, validationError } from './errors.ts';
import { checkItem } from './item-checks.ts';
import { stagingStore } from './staging.ts';
import { itemPrefix, type Store } from './store.ts';
import { asSimultaneous } from './update.ts';

export type WriteKind = 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'ConditionCheck';

const kinds = {
  PutItem: { validation: putValidation, action: putItem },
  UpdateItem: { validation: updateValidation, action: updateItem },
  DeleteItem: { validation: deleteValidation, action: deleteItem },
  // A check is a delete that is never carried out: the same key, the same condition.
  ConditionCheck: { validation: deleteValidation, action: undefined },
} satisfies Record<WriteKind, { validation: unknown; action: Action | undefined }>;

/** A write whose request is well formed; `lockKey` and `key` exist once it is located in its table. */
export interface Write {
  readonly kind: WriteKind;
  readonly request: Request;
  readonly returnsItemOnFailure: boolean;
}

export interface LocatedWrite extends Write {
  readonly key: string;
  readonly lockKey: string;
}

export function prepare(kind: WriteKind, input: Readonly<Record<string, unknown>>, store: Store): Write {
  const wanted = input.ReturnValuesOnConditionCheckFailure;
  if (wanted !== undefined && wanted !== 'ALL_OLD' && wanted !== 'NONE') {
    throw validationError(
      `1 validation error detected: Value '${wanted}' at 'returnValuesOnConditionCheckFailure' failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, NONE]`,
    );
  }
  return {
    kind,
    request: validated(kinds[kind].validation, input, store),
    returnsItemOnFailure: wanted === 'ALL_OLD',
  };
}

/** Checks the item's keys against the table. Throws ResourceNotFoundException or ValidationException. */
export function locate(write: Write, store: Store): LocatedWrite {
  const { kind, request } = write;
  const table = store.table(request.TableName);
  const invalid =
    kind === 'PutItem'
      ? db.validateItem(request.Item, table)
      : (db.validateKey(request.Key, table) ?? db.validateUpdates(request.AttributeUpdates, request._updates, table));
  if (invalid) throw asAwsError(invalid);
  if (kind === 'PutItem') checkItem(request.Item, table, store.options.maxItemSize, false);
  const key = db.createKey(kind === 'PutItem' ? request.Item : request.Key, table);
  return { ...write, key, lockKey: `${request.TableName}/${key}` };
}

/** Evaluates the condition and puts what is to be written into `operations`. The write's lock must be held. */
export async function stage(
  write: LocatedWrite,
  store: Store,
  operations: LevelOperation[],
): Promise<Record<string, unknown>> {
  const { kind, key, request } = write;
  const existing = store.item(request.TableName, key);
  checkCondition(write, existing);
  const { action } = kinds[kind];
  if (action === undefined) return {};
  const { _condition, ...unconditional } = request;
  if (unconditional._updates !== undefined) {
    unconditional._updates = {
      ...unconditional._updates,
      sections: asSimultaneous(unconditional._updates.sections, existing ?? request.Key),
    };
  }
  const result = await run(action, stagingStore(store, key, existing, operations), unconditional);
  if (kind === 'UpdateItem') checkUpdated(request.TableName, key, store, operations);
  if (kind === 'UpdateItem' && result.Attributes !== undefined) {
    result.Attributes = plain(result.Attributes);
    // As in AWS: nothing to show is no member, not an empty one.
    if (Object.keys(result.Attributes as Item).length === 0) delete result.Attributes;
  }
  return result;
}

function checkUpdated(tableName: string, key: string, store: Store, operations: readonly LevelOperation[]): void {
  const written = operations.findLast((operation) => operation.key === itemPrefix(tableName) + key);
  if (written?.type !== 'put') return;
  checkItem(written.value as Item, store.table(tableName), store.options.maxItemSize, true);
}

function checkCondition({ request, returnsItemOnFailure }: Write, existing: Item | undefined): void {
  const failed = request._condition
    ? !matches(request._condition.expression, existing ?? {})
    : Boolean(db.checkConditional(request, existing));
  if (failed) throw conditionFailed(returnsItemOnFailure && existing !== undefined ? { Item: existing } : {});
}

export async function writeItem(
  kind: WriteKind,
  input: Readonly<Record<string, unknown>>,
  store: Store,
): Promise<Record<string, unknown>> {
  const write = locate(prepare(kind, input, store), store);
  if (store.contention.isOngoing(write.lockKey)) throw transactionConflict();
  return store.locks.hold([write.lockKey], async () => {
    const operations: LevelOperation[] = [];
    const result = await stage(write, store, operations);
    await store.commit(operations);
    return result;
  });
}
