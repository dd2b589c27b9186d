import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DynamoDb } from '#embedded/dynamodb/index.ts';
import { OUTSIDE } from '#embedded/types.ts';
import { byCustomer, calls, key, openTrips, tripsTable } from './support/trips.ts';

describe('the embedded DynamoDB', () => {
  let service: DynamoDb;
  let call: ReturnType<typeof calls>;
  beforeEach(async () => {
    service = await openTrips();
    call = calls(service);
  });
  afterEach(async () => service.close());

  it('has the tables of the stack ACTIVE at once, with the stack’s indexes', async () => {
    const { Table } = await call('DescribeTable', {});

    expect(Table).toMatchObject({
      TableName: 'trips',
      TableStatus: 'ACTIVE',
      TableArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/trips',
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      GlobalSecondaryIndexes: [{ IndexName: 'ByCustomer', IndexStatus: 'ACTIVE' }],
    });
  });

  it.each([
    ['AttributesToGet', 'GetItem', { Key: key('t'), AttributesToGet: ['a'] }],
    ['AttributeUpdates', 'UpdateItem', { Key: key('t'), AttributeUpdates: {} }],
    ['Expected', 'PutItem', { Item: key('t'), Expected: {} }],
    ['KeyConditions', 'Query', { KeyConditions: {} }],
    ['ScanFilter', 'Scan', { ScanFilter: {} }],
  ])('refuses %s, from before there were expressions, and says what to write', async (name, operation, input) => {
    await expect(call(operation, input)).rejects.toMatchObject({
      code: 'ValidationException',
      message: expect.stringMatching(new RegExp(`^${name} is not served by the local cloud: write .* instead`)),
    });
  });

  it('takes expiry and recovery from the stack', async () => {
    const other = await openTrips({
      tables: [
        tripsTable({
          ttl: { attribute_name: 'until', enabled: true },
          point_in_time_recovery: { enabled: true },
        }),
      ],
    });

    await expect(calls(other)('DescribeTimeToLive', {})).resolves.toMatchObject({
      TimeToLiveDescription: { AttributeName: 'until' },
    });
    await expect(calls(other)('DescribeContinuousBackups', {})).resolves.toMatchObject({
      ContinuousBackupsDescription: { PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED' } },
    });
    await other.close();
  });

  it('refuses a stack whose table declares an attribute that no key uses', async () => {
    const unused = tripsTable({ global_secondary_index: [] });

    await expect(openTrips({ tables: [unused] })).rejects.toThrow(
      /^aws_dynamodb_table\.\w+: .* Some AttributeDefinitions are not used/,
    );
  });

  it.each([
    ['TableName', { name: 'ab' }, /Value 'ab' at 'tableName' .* length greater than or equal to 3$/],
    ['TableName', { name: 'a b c' }, /Value 'a b c' at 'tableName' .* regular expression pattern/],
    [
      'attribute',
      { attribute: [] },
      /^aws_dynamodb_table\.\w+: .* Some index key attributes are not defined in AttributeDefinitions/,
    ],
    ['throughput', { billing_mode: undefined, read_capacity: 1 }, undefined],
  ])('holds a table of the stack to the rules of its %s: %j', async (_, attributes, message) => {
    const opened = openTrips({ tables: [tripsTable(attributes)] });

    if (message === undefined) await (await opened).close();
    else await expect(opened).rejects.toThrow(message);
  });

  it.each(['ExecuteStatement', 'UpdateTable', 'constructor', 'getItem', ''])(
    'refuses the operation %j',
    async (operation) => {
      await expect(service.call(operation, {}, OUTSIDE)).rejects.toMatchObject({ code: 'UnknownOperationException' });
    },
  );

  it('creates, lists and deletes tables', async () => {
    const attribute = { AttributeName: 'id', AttributeType: 'S' };
    const otherTable = {
      TableName: 'other',
      AttributeDefinitions: [attribute],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
    };
    await call('CreateTable', otherTable);
    await call('PutItem', { TableName: 'other', Item: { id: { S: 'x' } } });
    await expect(call('ListTables', {})).resolves.toEqual({ TableNames: ['other', 'trips'] });
    await expect(call('ListTables', { Limit: 1 })).resolves.toEqual({
      TableNames: ['other'],
      LastEvaluatedTableName: 'other',
    });

    await expect(call('CreateTable', otherTable)).rejects.toMatchObject({ code: 'ResourceInUseException' });
    await expect(call('DeleteTable', { TableName: 'other' })).resolves.toMatchObject({
      TableDescription: { TableStatus: 'DELETING' },
    });
    await expect(call('GetItem', { TableName: 'other', Key: { id: { S: 'x' } } })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });

  it('leaves its caller’s input as it is', async () => {
    const input = {
      TableName: 'trips',
      Key: key('t1'),
      UpdateExpression: 'SET a = :a ADD holds :h',
      ConditionExpression: 'attribute_not_exists(pk)',
      ExpressionAttributeValues: { ':a': { N: '1.0' }, ':h': { SS: ['e'] } },
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    };
    const before = structuredClone(input);

    const { Attributes } = await service.call('UpdateItem', input, OUTSIDE);

    expect(Attributes).toMatchObject({ a: { N: '1' } });
    expect(input).toEqual(before);
  });

  it('answers with plain objects throughout', async () => {
    const Item = { ...key('t1'), nest: { M: { a: { L: [{ M: { b: { N: '1' } } }] } } } };
    await call('PutItem', { Item });
    const projection = { ProjectionExpression: 'nest.a[0].b, pk' };
    const update = { Key: key('t1'), UpdateExpression: 'SET x = :x', ExpressionAttributeValues: { ':x': { N: '1' } } };

    const answers = await Promise.all([
      call('GetItem', { Key: key('t1') }),
      call('GetItem', { Key: key('t1'), ...projection }),
      call('Scan', projection),
      call('BatchGetItem', { RequestItems: { trips: { Keys: [key('t1')], ...projection } } }),
      ...['ALL_NEW', 'UPDATED_NEW', 'ALL_OLD'].map((ReturnValues) => call('UpdateItem', { ...update, ReturnValues })),
    ]);

    const TransactItems = [{ Get: { TableName: 'trips', Key: key('t1'), ...projection } }];
    answers.push(await call('TransactGetItems', { TransactItems }));

    expect(answers.flatMap(prototypesOf)).not.toContain(null);
  });

  it('keeps items apart that have the same key in an index', async () => {
    const [one, other] = ['trip-1', 'trip-2'];
    const indexed = { customer: { S: 'c' }, phase: { S: 'NEW' } };
    await call('PutItem', { Item: { ...key(one), ...indexed } });
    await call('PutItem', { Item: { ...key(other), ...indexed } });
    const both = await call('Query', byCustomer('c'));
    const first = await call('Query', byCustomer('c', { Limit: 1 }));
    const second = await call('Query', byCustomer('c', { ExclusiveStartKey: first.LastEvaluatedKey }));
    await call('DeleteItem', { Key: key(one) });
    const left = await call('Query', byCustomer('c'));

    expect(both.Count).toBe(2);
    expect([first, second].flatMap(({ Items }) => Items)).toEqual(both.Items);
    expect(left.Items).toEqual([{ ...key(other), ...indexed }]);
  });
});

function prototypesOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return [Object.getPrototypeOf(value), ...Object.values(value).flatMap(prototypesOf)];
}
