import { AwsError } from '../types.ts';
import type { Database, TableRecord } from './database.ts';
import { validationError } from './errors.ts';
import { itemBytes } from './item-size.ts';
import { tableArn } from './permissions.ts';
import { type Input, numberOf, type Output, tableNameOf } from './request.ts';
import { keySchemaOf } from './schema.ts';
import { checkTableInput } from './table-input.ts';
import type { StackTable } from './terraform.ts';

/**
 * Makes the table as the stack wants it, or brings one from an earlier run up to date. A folder outlives a change of the stack: indexes
 * are made anew at each start, another key cannot be had without the data's loss.
 */
export function ensureTable({ name, create, ttlAttribute }: StackTable, database: Database): void {
  const existing = database.records.get(name)?.create;
  if (existing !== undefined && keysOf(existing) !== keysOf(create)) {
    throw new Error(
      `The stored table ${name} has other keys than the stack's: delete the data folder, or give the stack's table another name.`,
    );
  }
  checkTableInput(create);
  if (JSON.stringify(existing) !== JSON.stringify(create)) database.define(name, create);
  if (ttlAttribute === undefined) database.ttl.delete(name);
  else database.ttl.set(name, ttlAttribute);
}

const keysOf = (create: TableRecord['create']): string => JSON.stringify(keySchemaOf(create));

/** The table is there at once; the answer says CREATING, as AWS's does. */
export function createTable(input: Input, database: Database): Output {
  checkTableInput(input);
  const name = tableNameOf(input);
  if (database.tables.has(name)) throw new AwsError('ResourceInUseException', `Table already exists: ${name}`);
  database.define(name, structuredClone(input));
  return { TableDescription: { ...descriptionOf(name, database), TableStatus: 'CREATING' } };
}

export function deleteTable(input: Input, database: Database): Output {
  const name = tableNameOf(input);
  database.table(name, true);
  if (database.records.get(name)?.create.DeletionProtectionEnabled === true) {
    throw validationError(
      'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
    );
  }
  const TableDescription = { ...descriptionOf(name, database), TableStatus: 'DELETING' };
  database.drop(name);
  return { TableDescription };
}

export function describeTable(input: Input, database: Database): Output {
  const name = tableNameOf(input);
  database.table(name, true);
  return { Table: descriptionOf(name, database) };
}

export function listTables(input: Input, database: Database): Output {
  const limit = numberOf(input, 'Limit', 1, 100) ?? 100;
  const start = String(input.ExclusiveStartTableName ?? '');
  const names = [...database.tables.keys()].sort().filter((name) => name > start);
  const TableNames = names.slice(0, limit);
  return { TableNames, ...(names.length > limit ? { LastEvaluatedTableName: TableNames.at(-1) } : {}) };
}

function descriptionOf(name: string, database: Database): Output {
  const { create, id, createdAt } = database.records.get(name) as TableRecord;
  const TableArn = tableArn(database.environment, name);
  const sizes = [...database.table(name).items.entries()].map(([, item]) => itemBytes(item));
  const { AttributeDefinitions, KeySchema, BillingMode = 'PROVISIONED' } = create;
  return {
    TableName: name,
    TableArn,
    TableId: id,
    TableStatus: 'ACTIVE',
    CreationDateTime: createdAt / 1000,
    AttributeDefinitions,
    KeySchema,
    ItemCount: sizes.length,
    TableSizeBytes: sizes.reduce((sum, size) => sum + size, 0),
    DeletionProtectionEnabled: create.DeletionProtectionEnabled === true,
    ...(BillingMode === 'PAY_PER_REQUEST' ? { BillingModeSummary: { BillingMode } } : {}),
    ...throughputOf(create),
    ...indexesOf(create, 'GlobalSecondaryIndexes', TableArn),
    ...indexesOf(create, 'LocalSecondaryIndexes', TableArn),
  };
}

function throughputOf({ ProvisionedThroughput }: Input): Output {
  const { ReadCapacityUnits = 0, WriteCapacityUnits = 0 } = (ProvisionedThroughput ?? {}) as Input;
  return { ProvisionedThroughput: { NumberOfDecreasesToday: 0, ReadCapacityUnits, WriteCapacityUnits } };
}

function indexesOf(create: Input, member: 'GlobalSecondaryIndexes' | 'LocalSecondaryIndexes', arn: string): Output {
  const indexes = create[member] as Input[] | undefined;
  if (indexes === undefined || indexes.length === 0) return {};
  const isGlobal = member === 'GlobalSecondaryIndexes';
  const described = indexes.map((index) => ({
    ...index,
    IndexArn: `${arn}/index/${index.IndexName}`,
    ...(isGlobal ? { IndexStatus: 'ACTIVE', ...throughputOf(index) } : {}),
  }));
  return { [member]: described };
}
