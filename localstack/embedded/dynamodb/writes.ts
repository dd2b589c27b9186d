import { consumed, unitsOf } from './capacity.ts';
import { collectionMetrics } from './collection-metrics.ts';
import type { Database } from './database.ts';
import { conditionFailed, invalidParameter, transactionConflict, validationError } from './errors.ts';
import { matches } from './expressions/conditions.ts';
import { projected } from './expressions/projection.ts';
import { RequestExpressions } from './expressions/request-expressions.ts';
import type { Node, UpdateAction } from './expressions/syntax.ts';
import { updated } from './expressions/update.ts';
import { itemBytes } from './item-size.ts';
import { type Input, itemOf, type Output, refuseLegacy, tableNameOf, wordOf } from './request.ts';
import { namesOf } from './schema.ts';
import type { Table, Write } from './table.ts';
import type { Item } from './values.ts';

export type WriteKind = 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'ConditionCheck';

const maximumItemBytes = 400 * 1024;

/** A write whose request is well formed, whatever its table is like. */
export interface WriteRequest {
  readonly kind: WriteKind;
  readonly tableName: string;
  /** The item to put, or the key of the one to change. */
  readonly item: Item;
  readonly condition: Node | undefined;
  readonly actions: readonly UpdateAction[];
  readonly returns: 'NONE' | 'ALL_OLD' | 'UPDATED_OLD' | 'ALL_NEW' | 'UPDATED_NEW';
  readonly showsItemOnFailure: boolean;
}

export interface LocatedWrite extends WriteRequest {
  readonly table: Table;
  readonly key: string;
  /** Of the item, among all tables. */
  readonly id: string;
}

/** @throws ValidationException */
export function prepare(kind: WriteKind, input: Input): WriteRequest {
  refuseLegacy(input);
  const tableName = tableNameOf(input);
  const item = itemOf(input, kind === 'PutItem' ? 'Item' : 'Key');
  const members = kind === 'UpdateItem' ? ['UpdateExpression', 'ConditionExpression'] : ['ConditionExpression'];
  const expressions = new RequestExpressions(input, members);
  const actions = (kind === 'UpdateItem' && expressions.update()) || [];
  const condition = expressions.condition('ConditionExpression');
  expressions.assertAllUsed();
  const returns = wordOf(input, 'ReturnValues', ['NONE', 'ALL_OLD', 'UPDATED_OLD', 'ALL_NEW', 'UPDATED_NEW']);
  if (kind !== 'UpdateItem' && returns !== 'NONE' && returns !== 'ALL_OLD') {
    throw validationError('Return values set to invalid value');
  }
  const showsItemOnFailure = wordOf(input, 'ReturnValuesOnConditionCheckFailure', ['NONE', 'ALL_OLD']) === 'ALL_OLD';
  return { kind, tableName, item, condition, actions, returns, showsItemOnFailure };
}

/** @throws ResourceNotFoundException, or ValidationException where the key is not the table's */
export function locate(request: WriteRequest, database: Database): LocatedWrite {
  const { kind, tableName, item, actions } = request;
  const table = database.table(tableName);
  const keyNames = namesOf(table.schema);
  for (const { path } of actions) {
    if (!keyNames.includes(String(path[0]))) continue;
    throw invalidParameter(`Cannot update attribute ${path[0]}. This attribute is part of the key`);
  }
  const key = kind === 'PutItem' ? table.keyOfItem(item) : table.keyOf(item);
  if (kind === 'PutItem') checkSize(item, '');
  return { ...request, table, key, id: `${tableName}/${key}` };
}

function checkSize(item: Item, what: string): void {
  if (itemBytes(item) > maximumItemBytes) {
    throw validationError(`Item size ${what}has exceeded the maximum allowed size`);
  }
}

/** What comes of it. @throws ConditionalCheckFailedException, or ValidationException where an update does not fit the item */
export function stage({ kind, item, condition, actions, showsItemOnFailure, table, key }: LocatedWrite): Write {
  const before = table.items.get(key);
  if (condition !== undefined && !matches(condition, before ?? {})) {
    throw conditionFailed(showsItemOnFailure && before !== undefined ? { Item: before } : {});
  }
  if (kind === 'ConditionCheck') return { table, key, before, after: before };
  if (kind === 'DeleteItem') return { table, key, before, after: undefined };
  if (kind === 'PutItem') return { table, key, before, after: item };
  const after = updated(actions, before ?? item);
  checkSize(after, 'to update ');
  table.checkIndexKeys(after, true);
  return { table, key, before, after };
}

export function writeItem(kind: WriteKind, input: Input, database: Database): Output {
  const write = locate(prepare(kind, input), database);
  if (database.contention.isOngoing(write.id)) throw transactionConflict();
  const staged = stage(write);
  database.commit([staged]);
  const Attributes = returned(write, staged);
  return {
    ...(Attributes === undefined ? {} : { Attributes }),
    ...consumed(input, () => unitsOf(staged)),
    ...collectionMetrics(input, staged),
  };
}

/** Nothing to show is no member, not an empty one. */
function returned({ returns, actions }: LocatedWrite, { before, after }: Write): Item | undefined {
  if (returns === 'NONE') return undefined;
  const item = returns.endsWith('OLD') ? before : after;
  if (item === undefined || returns.startsWith('ALL')) return item;
  const part = projected(
    item,
    actions.map(({ path }) => path),
  );
  return Object.keys(part).length === 0 ? undefined : part;
}
