import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { byCustomer, calls, key, LEGS, openTrips, tripsTable } from '../../unit/dynamodb/support/trips.ts';

const KILLS = 4;
const ACKNOWLEDGED = 30;
const SPREAD_MS = 10;

describe('DynamoDB on disk', () => {
  let path: string;
  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'dynamodb-'));
  });
  afterEach(async () => rm(path, { recursive: true, force: true }));

  it('given a process killed in mid-write, when reopened, then every acknowledged transaction is there, whole', async () => {
    // More than once: a single kill may fall just between two writes.
    const acknowledged: string[] = [];
    for (let run = 0; run < KILLS; run += 1) acknowledged.push(...(await writeAndKill(path, `run${run}`)));

    const service = await openTrips({ path });
    const items = (await scanAll(calls(service))).map(({ pk, sk }) => `${pk?.S} ${sk?.S}`);
    const indexed = await queryAll(calls(service));
    await service.close();

    const trips = new Set(items.map((item) => item.split(' ')[0]));
    expect(acknowledged.filter((trip) => !trips.has(trip))).toEqual([]);
    expect(items).toHaveLength(trips.size * LEGS);
    expect(indexed.sort()).toEqual(items.sort());
  });

  it('keeps items over a restart, also of tables that the stack does not have', async () => {
    let service = await openTrips({ path });
    await calls(service)('PutItem', { Item: key('t1') });
    await calls(service)('CreateTable', {
      TableName: 'other',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    });
    await calls(service)('PutItem', { TableName: 'other', Item: { id: { N: '7' } } });
    await service.close();

    service = await openTrips({ path });

    await expect(calls(service)('GetItem', { Key: key('t1') })).resolves.toEqual({ Item: key('t1') });
    await expect(calls(service)('Scan', { TableName: 'other' })).resolves.toMatchObject({
      Items: [{ id: { N: '7' } }],
    });
    await service.close();
  });

  it('answers a transaction with a token that it did before as it did then, and does it once', async () => {
    const add = { TableName: 'trips', Key: key('t1'), UpdateExpression: 'ADD n :one' };
    const transaction = {
      ClientRequestToken: 'once',
      ReturnConsumedCapacity: 'TOTAL',
      TransactItems: [{ Update: { ...add, ExpressionAttributeValues: { ':one': { N: '1' } } } }],
    };
    let service = await openTrips({ path });
    const answer = await calls(service)('TransactWriteItems', transaction);
    await service.close();

    service = await openTrips({ path });

    await expect(calls(service)('TransactWriteItems', transaction)).resolves.toEqual(answer);
    await expect(calls(service)('GetItem', { Key: key('t1') })).resolves.toMatchObject({ Item: { n: { N: '1' } } });
    await service.close();
  });

  it('given a stack with another index, when reopened, then the index holds the items from before', async () => {
    let service = await openTrips({
      path,
      tables: [tripsTable({ global_secondary_index: undefined, attribute: keys })],
    });
    const item = { ...key('t1'), customer: { S: 'c' }, phase: { S: 'NEW' } };
    await calls(service)('PutItem', { Item: item });
    await service.close();

    service = await openTrips({ path });

    await expect(calls(service)('Query', byCustomer('c'))).resolves.toMatchObject({ Items: [item] });
    await service.close();
  });

  it('given a stack with other keys, when reopened, then it says what to do', async () => {
    await (await openTrips({ path })).close();

    const reopened = openTrips({ path, tables: [tripsTable({ range_key: 'phase' })] });

    await expect(reopened).rejects.toThrow(/trips has other keys than the stack's: delete the data folder/);
  });
});

const keys = ['pk', 'sk'].map((name) => ({ name, type: 'S' }));

/** Kills a writing process the hard way once it has acknowledged enough. Gives what it acknowledged. */
async function writeAndKill(path: string, run: string): Promise<string[]> {
  const writer = join(import.meta.dirname, 'writer.ts');
  const child = spawn(process.execPath, ['--no-warnings', writer, path, run], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const acknowledged: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line);
    // At any point of a later transaction, not always at the same one just behind the answer.
    if (acknowledged.length === ACKNOWLEDGED) setTimeout(() => child.kill('SIGKILL'), Math.random() * SPREAD_MS);
  }
  await expect(exited).resolves.toEqual([null, 'SIGKILL']);
  return acknowledged;
}

type Items = Record<string, { S: string } | undefined>[];
type Call = ReturnType<typeof calls>;

async function everyPage(
  request: (start: Record<string, unknown>) => Promise<Record<string, unknown>>,
): Promise<Items> {
  const items: Items = [];
  let start: Record<string, unknown> = {};
  for (;;) {
    const page = await request(start);
    items.push(...(page.Items as Items));
    if (page.LastEvaluatedKey === undefined) return items;
    start = { ExclusiveStartKey: page.LastEvaluatedKey };
  }
}

const scanAll = (call: Call) => everyPage((start) => call('Scan', start));

const queryAll = async (call: Call) =>
  (await everyPage((start) => call('Query', byCustomer('c', { Limit: 50, ...start })))).map(
    ({ pk, sk }) => `${pk?.S} ${sk?.S}`,
  );
