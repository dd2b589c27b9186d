import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createDynamoDb, type DynamoDb } from '#embedded/dynamodb/index.ts';
import { meteredDatabase } from '#embedded/meter.ts';
import type { Happening } from '#embedded/observer.ts';
import { OUTSIDE } from '#embedded/types.ts';

const TableName = 'orders';
const text = (S: string) => ({ S });
const number = (N: number) => ({ N: `${N}` });
const kilobytes = (count: number) => text('x'.repeat(count * 1024));

let dynamodb: DynamoDb;
let told: Happening[];

beforeEach(async () => {
  told = [];
  dynamodb = createDynamoDb({
    tables: [],
    environment: { region: 'us-east-1', accountId: '000000000000' },
    authorize: () => undefined,
  });
  await dynamodb.call(
    'CreateTable',
    {
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: ['pk', 'customer', 'state'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'ByCustomer',
          KeySchema: [
            { AttributeName: 'customer', KeyType: 'HASH' },
            { AttributeName: 'state', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['price'] },
        },
      ],
    },
    OUTSIDE,
  );
});
afterEach(() => dynamodb.close());

/** @returns read and write units */
async function used(operation: string, input: Record<string, unknown>): Promise<readonly [number, number]> {
  const service = meteredDatabase(dynamodb, (happening) => told.push(happening));
  await service.call(operation, { TableName, ...input }, OUTSIDE).catch(() => undefined);
  const last = told.at(-1);
  if (last?.type !== 'callMade' || last.units === undefined) throw new Error(`${operation} was not told`);
  return [last.units.read, last.units.write];
}

const order = (more: object = {}) => ({ pk: text('o1'), customer: text('ann'), state: text('open'), ...more });
const put = (Item: object, more: object = {}) => used('PutItem', { Item, ...more });
const set = (UpdateExpression: string, value: object) =>
  used('UpdateItem', {
    Key: { pk: text('o1') },
    UpdateExpression,
    ExpressionAttributeNames: Object.fromEntries(
      [...UpdateExpression.matchAll(/#(\w+)/g)].map(([name, attribute]) => [name, attribute]),
    ),
    ExpressionAttributeValues: { ':value': value },
  });

describe('write units', () => {
  it('count the item and the entry of an index that it comes into', async () => {
    expect(await put({ pk: text('o0') })).toEqual([0, 1]);
    expect(await put(order())).toEqual([0, 2]);
    expect(await put(order({ note: kilobytes(3) }))).toEqual([0, 4]);
  });

  it('count an entry of an index by what the index has of the item', async () => {
    expect(await put(order({ note: kilobytes(3) }))).toEqual([0, 5]);
    expect(await put({ ...order({ price: kilobytes(2) }), pk: text('o2') })).toEqual([0, 6]);
  });

  it('count an entry whose key changes twice, and one that stays as it is not at all', async () => {
    await put(order());

    expect(await set('SET #state = :value', text('paid'))).toEqual([0, 3]);
    expect(await set('SET #price = :value', number(3))).toEqual([0, 2]);
    expect(await set('SET #note = :value', text('x'))).toEqual([0, 1]);
    expect(await set('SET #note = :value REMOVE #state', text('y'))).toEqual([0, 2]);
  });

  it('are twice as many in a transaction, a check included; entries of indexes are not', async () => {
    const TransactItems = [
      { Put: { TableName, Item: order() } },
      {
        ConditionCheck: {
          TableName,
          Key: { pk: text('o9') },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
    ];

    expect(await used('TransactWriteItems', { TransactItems })).toEqual([0, 5]);
  });

  it('are taken by a write that its condition refuses, by the larger of the two items', async () => {
    await put(order({ note: kilobytes(3) }));
    const ConditionExpression = 'attribute_not_exists(pk)';

    expect(await put(order(), { ConditionExpression })).toEqual([0, 4]);
    expect(
      await used('DeleteItem', { Key: { pk: text('none') }, ConditionExpression: 'attribute_exists(pk)' }),
    ).toEqual([0, 1]);
    const TransactItems = [{ Put: { TableName, Item: order(), ConditionExpression } }];
    expect(await used('TransactWriteItems', { TransactItems })).toEqual([0, 8]);
    expect(told.at(-1)).toMatchObject({ operation: 'TransactWriteItems', error: 'TransactionCanceledException' });
  });

  it('are none for a request that is malformed', async () => {
    expect(await used('PutItem', { Item: {} })).toEqual([0, 0]);
  });
});

describe('the meter', () => {
  it('tells who called what and what was read, and keeps the capacity from a client that has not asked for it', async () => {
    await put(order({ note: kilobytes(5) }));
    const service = meteredDatabase(dynamodb, (happening) => told.push(happening));
    const input = { TableName, Key: { pk: text('o1') }, ConsistentRead: true };
    const role = { roleArn: 'arn:aws:iam::000000000000:role/shop' };

    const quiet = await service.call('GetItem', input, role);
    const asked = await service.call('GetItem', { ...input, ReturnConsumedCapacity: 'TOTAL' }, role);

    expect(quiet).not.toHaveProperty('ConsumedCapacity');
    expect(asked).toHaveProperty('ConsumedCapacity', { TableName, CapacityUnits: 2 });
    const call = { type: 'callMade', service: 'dynamodb', operation: 'GetItem', by: role.roleArn, error: undefined };
    expect(told.slice(-2)).toEqual(Array(2).fill({ ...call, units: { read: 2, write: 0 } }));
  });
});
