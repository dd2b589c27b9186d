import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DynamoDb } from '#embedded/dynamodb/index.ts';
import { AwsError, type Caller, OUTSIDE } from '#embedded/types.ts';
import { byCustomer, calls, key, openTrips, putOf, tripsArn } from './support/trips.ts';

const role: Caller = { roleArn: 'arn:aws:iam::000000000000:role/reserve-hotel' };
const named = { TableName: 'trips' };
const condition = { ConditionExpression: 'attribute_not_exists(pk)' };
const change = { UpdateExpression: 'SET a = :a', ExpressionAttributeValues: { ':a': { N: '1' } } };
const query = { KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': { S: 'x' } } };

/** With the partition keys behind the resource. */
const cases: readonly [operation: string, input: Record<string, unknown>, asked: readonly string[]][] = [
  ['GetItem', { ...named, Key: key('x') }, [`GetItem ${tripsArn} x`]],
  ['GetItem', { TableName: tripsArn, Key: key('x') }, [`GetItem ${tripsArn} x`]],
  ['PutItem', { ...named, Item: key('x') }, [`PutItem ${tripsArn} x`]],
  ['UpdateItem', { ...named, Key: key('x'), ...change }, [`UpdateItem ${tripsArn} x`]],
  ['DeleteItem', { ...named, Key: key('x') }, [`DeleteItem ${tripsArn} x`]],
  ['Query', { ...named, ...query }, [`Query ${tripsArn} x`]],
  [
    'Query',
    {
      ...named,
      KeyConditionExpression: 'begins_with(#s, :s) AND (#p=:p)',
      ExpressionAttributeNames: { '#p': 'pk', '#s': 'sk' },
      ExpressionAttributeValues: { ':p': { S: 'x' }, ':s': { S: 'H' } },
    },
    [`Query ${tripsArn} x`],
  ],
  ['Query', { ...named, ...byCustomer('c') }, [`Query ${tripsArn}/index/ByCustomer c`]],
  ['Scan', named, [`Scan ${tripsArn}`]],
  ['Scan', { ...named, IndexName: 'ByCustomer' }, [`Scan ${tripsArn}/index/ByCustomer`]],
  ['BatchGetItem', { RequestItems: { trips: { Keys: [key('x'), key('y')] } } }, [`BatchGetItem ${tripsArn} x y`]],
  [
    'BatchWriteItem',
    { RequestItems: { trips: [{ DeleteRequest: { Key: key('x') } }, { PutRequest: { Item: key('y') } }] } },
    [`BatchWriteItem ${tripsArn} x y`],
  ],
  [
    'TransactWriteItems',
    {
      TransactItems: [
        { ConditionCheck: { ...named, Key: key('1'), ...condition } },
        putOf(key('2')),
        putOf(key('3')),
        { Update: { ...named, Key: key('4'), ...change } },
        { Delete: { TableName: tripsArn, Key: key('5') } },
      ],
    },
    ['ConditionCheckItem', 'PutItem', 'PutItem', 'UpdateItem', 'DeleteItem'].map(
      (action, index) => `${action} ${tripsArn} ${index + 1}`,
    ),
  ],
  ['TransactGetItems', { TransactItems: [{ Get: { ...named, Key: key('x') } }] }, [`GetItem ${tripsArn} x`]],
  ['DescribeTable', named, [`DescribeTable ${tripsArn}`]],
  ['DescribeTimeToLive', named, [`DescribeTimeToLive ${tripsArn}`]],
  ['DescribeContinuousBackups', named, [`DescribeContinuousBackups ${tripsArn}`]],
  ['ListTables', {}, ['ListTables *']],
];

describe('DynamoDB asks for permission', () => {
  let service: DynamoDb;
  let asked: string[];
  let denied: string | undefined;
  beforeEach(async () => {
    asked = [];
    denied = undefined;
    service = await openTrips({
      authorize: (caller, action, arn, context = {}) => {
        if (caller.roleArn === undefined) return;
        asked.push([action.replace('dynamodb:', ''), arn, ...(context['dynamodb:LeadingKeys'] ?? [])].join(' '));
        if (action === denied) throw new AwsError('AccessDeniedException', `${action} is not allowed`);
      },
    });
  });
  afterEach(async () => service.close());

  it.each(cases)('%s %j → %j', async (operation, input, expected) => {
    await service.call(operation, input, role);

    expect(asked).toEqual(expected);
  });

  it.each([
    ['dynamodb:PutItem', 'PutItem', { ...named, Item: key('x') }],
    ['dynamodb:UpdateItem', 'UpdateItem', { ...named, Key: key('x'), ...change }],
    ['dynamodb:BatchWriteItem', 'BatchWriteItem', { RequestItems: { trips: [{ PutRequest: { Item: key('x') } }] } }],
    [
      'dynamodb:ConditionCheckItem',
      'TransactWriteItems',
      { TransactItems: [putOf(key('x')), { ConditionCheck: { ...named, Key: key('y'), ...condition } }] },
    ],
  ])('without %s, %s is refused and writes nothing', async (action, operation, input) => {
    denied = action;

    await expect(service.call(operation, input, role)).rejects.toMatchObject({ code: 'AccessDeniedException' });

    await expect(service.call('Scan', named, OUTSIDE)).resolves.toMatchObject({ Count: 0 });
  });

  it('asks before it looks whether the table exists', async () => {
    denied = 'dynamodb:GetItem';

    const read = service.call('GetItem', { TableName: 'nowhere', Key: key('x') }, role);

    await expect(read).rejects.toMatchObject({ code: 'AccessDeniedException' });
  });

  it('takes table ARNs wherever it takes names', async () => {
    await calls(service)('PutItem', { TableName: tripsArn, Item: key('x') });
    const RequestItems = { [tripsArn]: { Keys: [key('x')] } };

    const { Responses } = await service.call('BatchGetItem', { RequestItems }, OUTSIDE);

    expect(Responses).toEqual({ trips: [key('x')] });
  });
});
