import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createDynamoDb, type DynamoDb } from '#embedded/dynamodb/index.ts';
import { AwsError } from '#embedded/types.ts';
import { createVirtualTime, type VirtualTime } from '#embedded/virtual-time.ts';
import { calls, environment, key, putOf, tripsTable } from './support/trips.ts';

let time: VirtualTime;
let service: DynamoDb;
beforeEach(async () => {
  time = createVirtualTime();
  const tables = [tripsTable()];
  service = createDynamoDb({ tables, environment, authorize: () => {}, ports: time, transactionMs: 10 });
});
afterEach(() => service.close());

const call = (operation: string, input: Record<string, unknown>) => calls(service)(operation, input);
const item = (pk: string, more: Record<string, unknown> = {}) => ({ ...key(pk), ...more });
const transact = (...puts: Record<string, unknown>[]) => call('TransactWriteItems', { TransactItems: puts.map(putOf) });
const read = (pk: string) => ({ Get: { TableName: 'trips', Key: key(pk) } });
const by = (name: string) => ({ by: { S: name } });

/** `done`, or the error's code and its reasons. */
async function outcome(made: Promise<unknown>): Promise<unknown> {
  try {
    await made;
    return 'done';
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const reasons = error.details.CancellationReasons as { Code: string }[] | undefined;
    return reasons === undefined ? `${error.code}: ${error.message}` : [error.code, reasons];
  }
}

/** Holds its item for nine more milliseconds. */
async function underWay(put: Record<string, unknown>): Promise<{ outcome: Promise<unknown> }> {
  const made = outcome(transact(put));
  await time.advance(1);
  return { outcome: made };
}

const conflict = { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' };
const none = { Code: 'None' };

describe('a transaction under way', () => {
  it('given fifty of one item at once, when their time is over, then one is done and the others conflict', async () => {
    const outcomes = Array.from({ length: 50 }, (_, index) => outcome(transact(item('t', by(`${index}`)))));
    await time.advance(10);

    expect((await Promise.all(outcomes)).filter((one) => one !== 'done')).toEqual(
      Array.from({ length: 49 }, () => ['TransactionCanceledException', [conflict]]),
    );
    expect((await call('GetItem', { Key: key('t') })).Item).toEqual(item('t', by('0')));
  });

  it('given one of two items, when another has one of them, then that one alone is the reason, and nothing is written', async () => {
    const first = outcome(transact(item('a'), item('b')));
    const second = outcome(transact(item('c'), item('b')));
    await time.advance(10);

    expect([await first, await second]).toEqual(['done', ['TransactionCanceledException', [none, conflict]]]);
    expect((await call('GetItem', { Key: key('c') })).Item).toBeUndefined();
  });

  it.each([
    ['PutItem', { Item: item('t', by('writer')) }],
    ['DeleteItem', { Key: key('t') }],
    ['UpdateItem', { Key: key('t'), UpdateExpression: 'SET x = :x', ExpressionAttributeValues: { ':x': { S: 'y' } } }],
  ])('given a %s of its item, then that is refused, and goes through once it is over', async (operation, input) => {
    const transaction = await underWay(item('t'));
    const refused = await outcome(call(operation, input));
    await time.advance(10);

    expect(refused).toBe('TransactionConflictException: Transaction is ongoing for the item');
    expect(await transaction.outcome).toBe('done');
    expect(await outcome(call(operation, input))).toBe('done');
  });

  it('given a transactional read of its item, then that is cancelled; a plain read sees what was before', async () => {
    const transaction = await underWay(item('t'));

    expect(await outcome(call('TransactGetItems', { TransactItems: [read('o'), read('t')] }))).toEqual([
      'TransactionCanceledException',
      [none, conflict],
    ]);
    expect((await call('GetItem', { Key: key('t'), ConsistentRead: true })).Item).toBeUndefined();
    await time.advance(10);
    expect(await transaction.outcome).toBe('done');
    expect(await outcome(call('TransactGetItems', { TransactItems: [read('t')] }))).toBe('done');
  });

  it('given a batch with its item, then that element is unprocessed and the others are written', async () => {
    const transaction = await underWay(item('t'));
    const puts = [{ PutRequest: { Item: item('t') } }, { PutRequest: { Item: item('other') } }];
    const answer = await service.call('BatchWriteItem', { RequestItems: { trips: puts } }, { roleArn: undefined });
    await time.advance(10);

    expect(answer.UnprocessedItems).toEqual({ trips: [puts[0]] });
    expect(await transaction.outcome).toBe('done');
    expect((await call('GetItem', { Key: key('other') })).Item).toEqual(item('other'));
  });

  it('given an item that expires meanwhile, then a sweep leaves it to the next one', async () => {
    await call('PutItem', { Item: item('t', { expiresAt: { N: '100' } }) });
    const transaction = await underWay(item('t', { expiresAt: { N: '100' } }));

    expect(service.sweepExpired(100_000)).toBe(0);
    await time.advance(10);
    expect(await transaction.outcome).toBe('done');
    expect(service.sweepExpired(100_000)).toBe(1);
  });

  it('given one whose condition fails, then it is cancelled at once and holds nothing', async () => {
    await call('PutItem', { Item: item('t') });
    const Put = { TableName: 'trips', Item: item('t'), ConditionExpression: 'attribute_not_exists(pk)' };
    const refused = await outcome(call('TransactWriteItems', { TransactItems: [putOf(item('o')), { Put }] }));

    expect(refused).toEqual([
      'TransactionCanceledException',
      [none, expect.objectContaining({ Code: 'ConditionalCheckFailed' })],
    ]);
    expect(await outcome(call('PutItem', { Item: item('o') }))).toBe('done');
  });
});

describe('plain writes of one item at once', () => {
  it('given fifty counts, then all are done, one after the other', async () => {
    await call('PutItem', { Item: item('t', { n: { N: '0' } }) });
    const count = {
      Key: key('t'),
      UpdateExpression: 'ADD n :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    };
    await Promise.all(Array.from({ length: 50 }, () => call('UpdateItem', count)));

    expect((await call('GetItem', { Key: key('t') })).Item).toEqual(item('t', { n: { N: '50' } }));
  });
});
