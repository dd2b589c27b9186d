import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createDynamoDb, type DynamoDb } from '#embedded/dynamodb/index.ts';
import { OUTSIDE } from '#embedded/types.ts';

const TableName = 'orders';
const text = (S: string) => ({ S });
const key = (AttributeName: string, KeyType: string) => ({ AttributeName, KeyType });
const projected = (ProjectionType: string) => ({ Projection: { ProjectionType } });
const ByState = { IndexName: 'ByState', KeySchema: [key('state', 'HASH')], ...projected('KEYS_ONLY') };
const ByDay = { IndexName: 'ByDay', KeySchema: [key('pk', 'HASH'), key('day', 'RANGE')], ...projected('ALL') };
const table = {
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
  AttributeDefinitions: ['pk', 'sk', 'state', 'day'].map((name) => ({ AttributeName: name, AttributeType: 'S' })),
  GlobalSecondaryIndexes: [ByState],
  LocalSecondaryIndexes: [ByDay],
};
const throughput = { ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } };

let dynamodb: DynamoDb;
const call = (operation: string, input: object) => dynamodb.call(operation, { ...input }, OUTSIDE);
const invalid = (message: RegExp) =>
  expect.objectContaining({ code: 'ValidationException', message: expect.stringMatching(message) });

beforeEach(async () => {
  dynamodb = createDynamoDb({
    tables: [],
    environment: { region: 'us-east-1', accountId: '000000000000' },
    authorize: () => undefined,
  });
  await call('CreateTable', table);
});
afterEach(() => dynamodb.close());

const Item = { pk: text('a'), sk: text('b'), state: text('open'), day: text('monday') };
const Key = { pk: text('a'), sk: text('b') };

describe('ReturnConsumedCapacity INDEXES', () => {
  const ReturnConsumedCapacity = 'INDEXES';
  const parts = (own: number) => ({
    TableName,
    CapacityUnits: own + 2,
    Table: { CapacityUnits: own },
    GlobalSecondaryIndexes: { ByState: { CapacityUnits: 1 } },
    LocalSecondaryIndexes: { ByDay: { CapacityUnits: 1 } },
  });

  it.each<[string, object, unknown]>([
    ['PutItem', { TableName, Item }, parts(1)],
    ['BatchWriteItem', { RequestItems: { [TableName]: [{ PutRequest: { Item } }] } }, [parts(1)]],
    ['TransactWriteItems', { TransactItems: [{ Put: { TableName, Item } }] }, [parts(2)]],
  ])('tells the parts of a %s', async (operation, input, expected) => {
    const { ConsumedCapacity } = await call(operation, { ...input, ReturnConsumedCapacity });

    expect(ConsumedCapacity).toEqual(expected);
  });

  it.each<[string, object, number, boolean]>([
    ['GetItem', { TableName, Key }, 0.5, false],
    ['BatchGetItem', { RequestItems: { [TableName]: { Keys: [Key] } } }, 0.5, true],
    ['TransactGetItems', { TransactItems: [{ Get: { TableName, Key } }] }, 2, true],
  ])('tells those of a %s', async (operation, input, CapacityUnits, isList) => {
    const expected = { TableName, CapacityUnits, Table: { CapacityUnits } };

    const { ConsumedCapacity } = await call(operation, { ...input, ReturnConsumedCapacity });

    expect(ConsumedCapacity).toEqual(isList ? [expected] : expected);
  });

  it('is refused with a wrong word before anything is written', async () => {
    const refused = call('PutItem', { TableName, Item, ReturnConsumedCapacity: 'ALL' });

    await expect(refused).rejects.toEqual(invalid(/'returnConsumedCapacity' failed/));
    expect(await call('GetItem', { TableName, Key })).toEqual({});
  });
});

describe('ReturnItemCollectionMetrics', () => {
  const ReturnItemCollectionMetrics = 'SIZE';
  const metrics = { ItemCollectionKey: { pk: text('a') }, SizeEstimateRangeGB: [0, 1] };

  it('tells the collection of a table with local indexes', async () => {
    const RequestItems = { [TableName]: [{ PutRequest: { Item } }] };

    const put = await call('PutItem', { TableName, Item, ReturnItemCollectionMetrics });
    const batch = await call('BatchWriteItem', { RequestItems, ReturnItemCollectionMetrics });

    expect(put).toEqual({ ItemCollectionMetrics: metrics });
    expect(batch).toHaveProperty('ItemCollectionMetrics', { [TableName]: [metrics] });
  });

  it('is refused with a wrong word', async () => {
    const refused = call('DeleteItem', { TableName, Key, ReturnItemCollectionMetrics: 'ALL' });

    await expect(refused).rejects.toEqual(invalid(/'returnItemCollectionMetrics' failed/));
  });
});

describe('CreateTable', () => {
  it.each<[object, RegExp]>([
    [
      { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } },
      /StreamSpecification is not served/,
    ],
    [{ SSESpecification: { Enabled: true } }, /SSESpecification is not served/],
    [{ TableClass: 'STANDARD_INFREQUENT_ACCESS' }, /TableClass is not served/],
    [{ ResourcePolicy: '{}' }, /ResourcePolicy is not served/],
    [{ OnDemandThroughput: { MaxReadRequestUnits: 1 } }, /OnDemandThroughput is not served/],
    [{ GlobalSecondaryIndexes: [{ ...ByState, WarmThroughput: {} }] }, /WarmThroughput is not served/],
    [{ GlobalTableSourceArn: 'arn' }, /GlobalTableSourceArn is not served/],
    [{ GlobalSecondaryIndexes: [{ ...ByState, ...projected('FOO') }] }, /'projectionType' failed/],
    [{ GlobalSecondaryIndexes: [{ ...ByState, Projection: null }] }, /'projectionType' failed/],
    [throughput, /Neither ReadCapacityUnits nor/],
    [{ GlobalSecondaryIndexes: [{ ...ByState, ...throughput }] }, /Neither ReadCapacityUnits nor/],
  ])('refuses %j', async (more, message) => {
    await expect(call('CreateTable', { ...table, TableName: 'other', ...more })).rejects.toEqual(invalid(message));
  });

  it('protects a table from deletion', async () => {
    const more = { DeletionProtectionEnabled: true, SSESpecification: { Enabled: false }, TableClass: 'STANDARD' };
    await call('CreateTable', { ...table, TableName: 'kept', ...more });

    await expect(call('DeleteTable', { TableName: 'kept' })).rejects.toEqual(invalid(/protected against deletion/));
    await expect(call('DescribeTable', { TableName: 'kept' })).resolves.toBeDefined();
  });
});

describe('a limit', () => {
  const many = (count: number, part: string, between: string) => Array(count).fill(part).join(between);
  const values = (count: number) => Array.from({ length: count }, (_, index) => `:v${index}`);
  const scan = (FilterExpression: string, used: readonly string[]) =>
    call('Scan', {
      TableName,
      FilterExpression,
      ExpressionAttributeValues: Object.fromEntries(used.map((name) => [name, text('x')])),
    });

  it('of operands of IN is 100', async () => {
    const [enough, tooMany] = [values(100), values(101)];

    await expect(scan(`note IN (${enough.join()})`, enough)).resolves.toHaveProperty('Count', 0);
    await expect(scan(`note IN (${tooMany.join()})`, tooMany)).rejects.toEqual(invalid(/IN, number of operands: 101/));
  });

  it('of operators of an expression is 300', async () => {
    await expect(scan(many(150, 'a=:v', ' OR '), [':v'])).resolves.toHaveProperty('Count', 0);
    await expect(scan(many(151, 'a=:v', ' OR '), [':v'])).rejects.toEqual(invalid(/too many operators/));
  });

  it('of an expression is 4 kB', async () => {
    await expect(scan(`${' '.repeat(4_092)}a=:v`, [':v'])).resolves.toHaveProperty('Count', 0);
    await expect(scan(`${' '.repeat(4_093)}a=:v`, [':v'])).rejects.toEqual(invalid(/expression size: 4097/));
  });

  it('of the items of a TransactGetItems is 4 MB', async () => {
    const note = text('x'.repeat(390 * 1024));
    const keys = Array.from({ length: 11 }, (_, index) => ({ pk: text('big'), sk: text(`${index}`) }));
    for (const one of keys) await call('PutItem', { TableName, Item: { ...one, note } });
    const read = (some: readonly object[]) =>
      call('TransactGetItems', { TransactItems: some.map((Key) => ({ Get: { TableName, Key } })) });

    await expect(read(keys.slice(1))).resolves.toHaveProperty('Responses');
    await expect(read(keys)).rejects.toEqual(invalid(/aggregate size/));
  });
});
