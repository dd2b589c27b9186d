import { expect, it } from '@jest/globals';
import { OUTSIDE } from '#embedded/index.ts';
import { createDynamoDb, createVirtualTime } from '#embedded/testing.ts';
import { answerProblems } from '#test/simulation/invariants/answers.ts';
import { createDisk } from '#test/simulation/world/disk.ts';
import { formerAnswers } from '#test/simulation/world/former.ts';
import { stack, tableName } from '#test/simulation/world/stack.ts';

const key = { pk: { S: 'trip' }, sk: { S: 'BOOKING' } };
const header = (status: string, updatedAt = 'then') => ({
  ...key,
  ...{ id: { S: 'trip' }, customer: { S: 'alice' }, status: { S: status }, updatedAt: { S: updatedAt } },
});

async function aTableOf(writes: readonly ReturnType<typeof header>[]) {
  const disk = createDisk(() => {});
  const table = createDynamoDb({
    tables: stack.resources('aws_dynamodb_table'),
    environment: stack,
    authorize: () => {},
    store: disk.open(),
    ports: createVirtualTime(),
  });
  disk.begin();
  for (const Item of writes) await table.call('PutItem', { TableName: tableName, Item }, OUTSIDE);
  return formerAnswers(disk);
}

const get = (more: object = {}) => ({
  operation: 'GetItem',
  body: JSON.stringify({ TableName: tableName, Key: key, ...more }),
});
const query = {
  operation: 'Query',
  body: JSON.stringify({
    TableName: tableName,
    IndexName: 'ByCustomerStatus',
    KeyConditionExpression: 'customer = :alice',
    ExpressionAttributeValues: { ':alice': { S: 'alice' } },
  }),
};

it('a former answer is that of before so many writes, the first of which found nothing', async () => {
  const former = await aTableOf([header('UNCONFIRMED'), header('CONFIRMED')]);

  expect(await former(get(), 1)).toEqual({ Item: header('UNCONFIRMED') });
  expect(await former(get(), 2)).toEqual({});
  expect(await former(get(), 3)).toBeUndefined();
});

it('an index shows the former entry in its former place', async () => {
  const former = await aTableOf([header('UNCONFIRMED'), header('CONFIRMED')]);

  expect(await former(query, 1)).toMatchObject({ Items: [header('UNCONFIRMED')], Count: 1 });
  expect(await former(query, 2)).toMatchObject({ Items: [], Count: 0 });
});

it('a write that the read cannot see does not count', async () => {
  const former = await aTableOf([header('UNCONFIRMED'), header('CONFIRMED'), header('CONFIRMED', 'now')]);
  const ofStatus = get({ ProjectionExpression: '#status', ExpressionAttributeNames: { '#status': 'status' } });

  expect(await former(ofStatus, 1)).toEqual({ Item: { status: { S: 'UNCONFIRMED' } } });
  expect(await former(get(), 1)).toEqual({ Item: header('CONFIRMED') });
});

it('a list shows what once was, and no booking twice', () => {
  const trace = ['UNCONFIRMED', 'CONFIRMED'].map((status, index) => ({
    type: 'itemChanged' as const,
    ...{ id: index, at: 0, table: tableName, key, before: undefined },
    after: { ...header(status), createdAt: { S: 'then' } },
  }));
  const shown = (status: string) => ({ id: 'trip', status, createdAt: 'then', updatedAt: 'then' });

  expect(answerProblems(trace, { shown: [[shown('UNCONFIRMED')], [shown('CONFIRMED')]] })).toEqual([]);
  expect(answerProblems(trace, { shown: [[shown('CANCELLED')]] })).toEqual([
    'a list shows "trip CANCELLED then then ", which never was',
  ]);
  expect(answerProblems(trace, { shown: [[shown('CONFIRMED'), shown('UNCONFIRMED')]] })).toEqual([
    'a list shows a booking twice',
  ]);
});
