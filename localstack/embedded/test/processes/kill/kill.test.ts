import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createVirtualTime } from '#embedded/testing.ts';
import { heldSeconds, receive, transact, workUntilKilled } from './client.ts';
import { type KilledCloud, startKilledCloud } from './killed-cloud.ts';
import { Ledger } from './ledger.ts';
import { machineArn, mostReceives, table, writeKeptStack } from './stack.ts';

const rounds = Number(process.env.KILL_ROUNDS ?? (process.env.LOAD === 'full' ? 3 : 2));
const seed = Number(process.env.KILL_SEED ?? 1);
const longestMs = 900;
const forGood = 43_200;

let folder: string;
let cloud: KilledCloud | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'killed-cloud-'));
});
afterEach(async () => {
  await cloud?.kill();
  rmSync(folder, { recursive: true });
});

/** What has not come in so long after the last message does not come. */
const quietMs = 5_000;

/** All that comes until `enough`, or until it is quiet. @returns received counts by body, those of this receive left out */
async function drained(from: KilledCloud, queue: string, enough: (found: ReadonlyMap<string, number>) => boolean) {
  const found = new Map<string, number>();
  let quietSince = Date.now();
  do {
    const messages = await receive(from, queue, forGood);
    for (const { Body, Attributes } of messages) found.set(Body, Number(Attributes.ApproximateReceiveCount) - 1);
    if (messages.length > 0) quietSince = Date.now();
    else await sleep(20);
  } while (!enough(found) && Date.now() < quietSince + quietMs);
  return found;
}

/** Of bodies that hold an id each. */
async function idsIn(from: KilledCloud, queue: string, idOf: (body: string) => string, wanted: ReadonlySet<string>) {
  const ids = (found: ReadonlyMap<string, number>) => new Set([...found.keys()].map(idOf));
  return ids(await drained(from, queue, (found) => [...wanted].every((id) => ids(found).has(id))));
}

async function tableProblems(from: KilledCloud, ledger: Ledger): Promise<string[]> {
  // A client that got no answer asks again, with the token that it used: all of them are done once by then.
  for (const id of ledger.asked('transaction')) await transact(from, id);
  const items = new Map<string, string | undefined>();
  let ExclusiveStartKey: unknown;
  do {
    const input = { TableName: table, ...(ExclusiveStartKey !== undefined && { ExclusiveStartKey }) };
    const page = await from.call('DynamoDB_20120810.Scan', input);
    for (const { id, n } of page.Items as { id: { S: string }; n?: { N: string } }[]) items.set(id.S, n?.N);
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  const counters = [...ledger.asked('transaction')].flatMap((id) =>
    ['left', 'right'].flatMap((side) => {
      const count = items.get(`${id} ${side}`);
      return count === '1' ? [] : [`transaction ${id} was done ${count} times`];
    }),
  );
  return [...counters, ...ledger.differences('put', new Set([...items.keys()].filter((id) => !id.includes(' '))))];
}

async function orderProblems(from: KilledCloud, ledger: Ledger): Promise<string[]> {
  const kept = [...ledger.answered('sent')].filter((body) => !ledger.asked('deleted').has(body));
  // What a client held is visible again by then.
  const until = Date.now() + (heldSeconds + 1) * 1_000;
  const orders = await drained(from, 'orders', () => Date.now() > until);
  const dead = await drained(from, 'dead', (found) => kept.every((body) => found.has(body) || orders.has(body)));
  const problems = ledger.differences('sent', new Set([...orders.keys(), ...dead.keys(), ...ledger.asked('deleted')]));
  for (const body of ledger.answered('deleted')) {
    if (orders.has(body) || dead.has(body)) problems.push(`${body} was deleted and is there`);
  }
  for (const [body, count] of [...orders, ...dead]) {
    const least = ledger.receives.get(body) ?? 0;
    if (count < least || count > least + ledger.lostReceives) problems.push(`${body}: ${count} receives, not ${least}`);
    if (dead.has(body) && count < mostReceives) problems.push(`${body} died after ${count} receives`);
    if (orders.has(body) && dead.has(body)) problems.push(`${body} is in both queues`);
  }
  return problems;
}

async function executionProblems(from: KilledCloud, ledger: Ledger): Promise<string[]> {
  const names = new Set<string>();
  const running: string[] = [];
  let nextToken: unknown;
  do {
    const input = { stateMachineArn: machineArn, maxResults: 1_000, ...(nextToken !== undefined && { nextToken }) };
    const page = await from.call('AWSStepFunctions.ListExecutions', input);
    for (const { name, status } of page.executions as { name: string; status: string }[]) {
      names.add(name);
      if (!['SUCCEEDED', 'ABORTED'].includes(status)) running.push(`${name} is ${status}`);
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return [...running, ...ledger.differences('started', names)];
}

it('given kills at any moment, when the cloud runs again, then all that was acknowledged is there, and what it promised comes', async () => {
  const stackFile = writeKeptStack(folder);
  const start = () => startKilledCloud(stackFile, join(folder, 'data'));
  const { randomness } = createVirtualTime({ seed });
  const ledger = new Ledger();
  for (let round = 0; round < rounds; round += 1) {
    cloud = await start();
    const work = workUntilKilled(cloud, ledger, randomness);
    await sleep(randomness.fraction() * longestMs);
    await cloud.kill();
    cloud = undefined;
    await work;
  }
  cloud = await start();

  const idOf = { ended: 'name', sold: 'id' } as const;
  const detailOf = (queue: keyof typeof idOf) => (body: string) => JSON.parse(body).detail[idOf[queue]] as string;
  const problems = [
    ...(await tableProblems(cloud, ledger)),
    ...(await orderProblems(cloud, ledger)),
    ...(await executionProblems(cloud, ledger)),
    ...ledger.differences('started', await idsIn(cloud, 'ended', detailOf('ended'), ledger.answered('started'))),
    ...ledger.differences('sold', await idsIn(cloud, 'sold', detailOf('sold'), ledger.answered('sold'))),
    ...ledger.differences(
      'job',
      await idsIn(cloud, 'failed', (body) => JSON.parse(body).requestPayload.id, ledger.answered('job')),
    ),
  ];
  expect(problems).toEqual([]);
  expect(ledger.answered('sold').size).toBeGreaterThan(0);
});
