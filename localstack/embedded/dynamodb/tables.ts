import createTableAction from 'dynalite/actions/createTable.js';
import updateTableAction from 'dynalite/actions/updateTable.js';
import type { Callback, Item, LevelOperation, TableDescription } from 'dynalite/db/index.js';
import createValidation from 'dynalite/validations/createTable.js';
import deleteValidation from 'dynalite/validations/deleteTable.js';
import describeValidation from 'dynalite/validations/describeTable.js';
import listValidation from 'dynalite/validations/listTables.js';
import updateValidation from 'dynalite/validations/updateTable.js';
import type { Environment } from '../types.ts';
import { run, validated } from './actions.ts';
import { validationError } from './errors.ts';
import { indexEntriesOf } from './staging.ts';
import { itemPrefix, type Store, within } from './store.ts';
import type { StackTable } from './terraform.ts';

type Input = Readonly<Record<string, unknown>>;
type Output = Promise<Record<string, unknown>>;

const BATCH = 500;

/** Makes the table as the stack wants it, or brings one from an earlier run up to date. */
export async function ensureTable({ name, create, ttlAttribute }: StackTable, store: Store, environment: Environment) {
  const existing = store.tables.get(name);
  if (existing === undefined) await createTable(create, store, environment);
  else await reconcile(existing, create, store);
  await store.saveTtl(name, ttlAttribute);
}

/** Resolves when the table is ACTIVE, which takes no time here; the answer says CREATING, as AWS's does. */
export async function createTable(input: Input, store: Store, environment: Environment): Output {
  const request = validated(createValidation, structuredClone(input), store);
  return whenActive(store, environment, async (view) => run(createTableAction, view, request));
}

/** Indexes are the stack's affair: a change of them there is made at the next start, and rebuilt. */
export async function updateTable(input: Input, store: Store, environment: Environment): Output {
  if (input.GlobalSecondaryIndexUpdates !== undefined) {
    const advice = 'change the indexes of the table in the stack and start again';
    throw validationError(`GlobalSecondaryIndexUpdates is not served by the local cloud: ${advice}`);
  }
  const request = validated(updateValidation, structuredClone(input), store);
  return whenActive(store, environment, async (view) => run(updateTableAction, view, request));
}

/** Dynalite answers first and turns the table ACTIVE by a timer: waits for that second write. */
async function whenActive(store: Store, { region, accountId }: Environment, act: (view: unknown) => Output): Output {
  const active = Promise.withResolvers<void>();
  const tableDb = {
    awsRegion: region,
    awsAccountId: accountId,
    lock: (_name: string, work: (release: (callback: Callback) => Callback) => void) => work((callback) => callback),
    get: (name: string, callback: Callback) => callback(null, store.tables.get(name)),
    put: (_name: string, table: TableDescription, callback: Callback) => {
      const settled = isActive(table);
      // Not the action's own object, which its timer goes on to change.
      store.saveTable(structuredClone(table)).then(
        () => {
          callback(null);
          if (settled) active.resolve();
        },
        (error) => {
          callback(error);
          active.reject(error);
        },
      );
    },
  };
  const result = structuredClone(await act({ ...store.reader(), options: { ...store.options, ...NO_DELAY }, tableDb }));
  await active.promise;
  return result;
}

const NO_DELAY = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 };

const isActive = ({ TableStatus, GlobalSecondaryIndexes = [] }: TableDescription): boolean =>
  TableStatus === 'ACTIVE' && GlobalSecondaryIndexes.every(({ IndexStatus }) => IndexStatus === 'ACTIVE');

export async function deleteTable(input: Input, store: Store): Output {
  const { TableName: name } = validated(deleteValidation, input, store);
  const table = store.table(name, true);
  await store.removeTable(table);
  return { TableDescription: { ...structuredClone(table), TableStatus: 'DELETING' } };
}

export function describeTable(input: Input, store: Store): Record<string, unknown> {
  const { TableName: name } = validated(describeValidation, input, store);
  return { Table: structuredClone(store.table(name, true)) };
}

export function listTables(input: Input, store: Store): Record<string, unknown> {
  const { ExclusiveStartTableName: start = '', Limit: limit = 100 } = validated(listValidation, input, store);
  const names = [...store.tables.keys()].sort().filter((name) => name > start);
  const page = names.slice(0, limit);
  return { TableNames: page, ...(names.length > limit ? { LastEvaluatedTableName: page.at(-1) } : {}) };
}

/** A folder outlives a change of the stack: indexes are rebuilt, another key cannot be had without the data's loss. */
async function reconcile(existing: TableDescription, create: Input, store: Store): Promise<void> {
  const wanted = create as unknown as TableDescription;
  if (shape(existing, ['KeySchema']) !== shape(wanted, ['KeySchema'])) {
    throw new Error(
      `The stored table ${existing.TableName} has other keys than the stack's: delete the data folder, or give the stack's table another name.`,
    );
  }
  const indexes = ['AttributeDefinitions', 'GlobalSecondaryIndexes', 'LocalSecondaryIndexes'];
  if (isActive(existing) && shape(existing, indexes) === shape(wanted, indexes)) return;
  const described = (index: TableDescription['GlobalSecondaryIndexes']) =>
    index?.map((one) => ({ ...one, IndexStatus: 'ACTIVE', IndexArn: `${existing.TableArn}/index/${one.IndexName}` }));
  const { GlobalSecondaryIndexes: _global, LocalSecondaryIndexes: _local, ...rest } = existing;
  const [global, local] = [described(wanted.GlobalSecondaryIndexes), described(wanted.LocalSecondaryIndexes)];
  const table: TableDescription = {
    ...rest,
    TableStatus: 'ACTIVE',
    AttributeDefinitions: wanted.AttributeDefinitions,
    ...(global === undefined ? {} : { GlobalSecondaryIndexes: global }),
    ...(local === undefined ? {} : { LocalSecondaryIndexes: local }),
  };
  await rebuildIndexes(table, store);
  await store.saveTable(table);
}

function shape(table: TableDescription, members: readonly string[]): string {
  const [definitions, indexes] = [['AttributeDefinitions'], ['GlobalSecondaryIndexes', 'LocalSecondaryIndexes']];
  const part = (member: string) => {
    const value = (table[member] ?? []) as Record<string, unknown>[];
    if (indexes.includes(member)) return value.map((one) => [one.IndexName, one.KeySchema, one.Projection]);
    return definitions.includes(member) ? value.map((one) => Object.values(one).sort()).sort() : value;
  };
  return JSON.stringify(members.map(part));
}

async function rebuildIndexes(table: TableDescription, store: Store): Promise<void> {
  const { TableName: name } = table;
  for (const type of ['global', 'local']) await store.level.clear(within(`index-${type}~${name}~`));
  let operations: LevelOperation[] = [];
  for await (const item of store.level.values(within(itemPrefix(name)))) {
    operations.push(...indexEntriesOf(table, item as Item));
    if (operations.length < BATCH) continue;
    await store.commit(operations);
    operations = [];
  }
  await store.commit(operations);
}
