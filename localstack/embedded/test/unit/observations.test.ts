import { describe, expect, it } from '@jest/globals';
import { createDynamoDb } from '#embedded/dynamodb/index.ts';
import { createLogs } from '#embedded/logs/index.ts';
import type { Happening } from '#embedded/observer.ts';
import { OUTSIDE } from '#embedded/types.ts';

describe('a metric', () => {
  it('is told once for each of its values, beside its line', () => {
    const told: Happening[] = [];
    const logs = createLogs({ observe: (happening) => told.push(happening) });
    const Metrics = [{ Name: 'Weight', Unit: 'Count' }];
    const _aws = { CloudWatchMetrics: [{ Namespace: 'Parcels', Dimensions: [['depot']], Metrics }] };
    const message = JSON.stringify({ _aws, depot: 'north', Weight: [3, 4] });

    logs.write('/aws/lambda/weigh', 'stream', [
      { timestamp: 1, message },
      { timestamp: 2, message: 'plain' },
    ]);

    const metric = { type: 'metric', namespace: 'Parcels', name: 'Weight', dimensions: { depot: 'north' } };
    const line = { type: 'logLine', group: '/aws/lambda/weigh', stream: 'stream' };
    expect(told).toEqual([
      { ...line, message },
      { ...metric, value: 3 },
      { ...metric, value: 4 },
      { ...line, message: 'plain' },
    ]);
  });
});

describe('a change of an item', () => {
  const TableName = 'parcels';
  const key = (id: string) => ({ id: { S: id } });
  const item = (id: string, kg: string) => ({ ...key(id), kg: { N: kg } });

  async function changesOf(calls: readonly (readonly [operation: string, input: object])[]): Promise<Happening[]> {
    const told: Happening[] = [];
    const attributes = {
      name: TableName,
      arn: 'arn:aws:dynamodb:us-east-1:000000000000:table/parcels',
      billing_mode: 'PAY_PER_REQUEST',
      hash_key: 'id',
      attribute: [{ name: 'id', type: 'S' }],
    };
    const service = await createDynamoDb({
      tables: [{ type: 'aws_dynamodb_table', name: 'T', attributes }],
      environment: { region: 'us-east-1', accountId: '000000000000' },
      authorize: () => {},
      observe: (happening) => told.push(happening),
    });
    for (const [operation, input] of calls) await service.call(operation, { ...input }, OUTSIDE).catch(() => {});
    await service.close();
    return told;
  }

  const changed = (id: string, before: object | undefined, after: object | undefined) =>
    ({ type: 'itemChanged', table: TableName, key: key(id), before, after }) as Happening;

  it('has the item before and after it', async () => {
    const UpdateExpression = 'SET kg = :kg';
    const ExpressionAttributeValues = { ':kg': { N: '2' } };

    expect(
      await changesOf([
        ['PutItem', { TableName, Item: item('a', '1') }],
        ['UpdateItem', { TableName, Key: key('a'), UpdateExpression, ExpressionAttributeValues }],
        ['DeleteItem', { TableName, Key: key('a') }],
      ]),
    ).toEqual([
      changed('a', undefined, item('a', '1')),
      changed('a', item('a', '1'), item('a', '2')),
      changed('a', item('a', '2'), undefined),
    ]);
  });

  it('is told for each item of a transaction and a batch, and not for what was refused', async () => {
    const put = (id: string, more: object = {}) => ({ Put: { TableName, Item: item(id, '1'), ...more } });
    const ConditionExpression = 'attribute_exists(id)';

    expect(
      await changesOf([
        ['TransactWriteItems', { TransactItems: [put('a'), put('b')] }],
        ['TransactWriteItems', { TransactItems: [put('c'), put('d', { ConditionExpression })] }],
        ['PutItem', { TableName, Item: item('e', '1'), ConditionExpression }],
        ['BatchWriteItem', { RequestItems: { [TableName]: [{ PutRequest: { Item: item('f', '1') } }] } }],
      ]),
    ).toEqual(['a', 'b', 'f'].map((id) => changed(id, undefined, item(id, '1'))));
  });
});
