import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeRecord, writeStates } from '../infra/add-a-leg/walk.ts';
import { type WatchedCopy, watchedCopy } from './watched-copy.ts';

const health = 'functions/api/health.ts';
const machine = 'statemachine/booking-saga.asl.json';

let copy: WatchedCopy['copy'];
let cloud: WatchedCopy['cloud'];
let save: WatchedCopy['save'];
let apiUrl: string;
let awsUrl: string;
let end: WatchedCopy['end'] | undefined;

beforeAll(async () => {
  ({ copy, cloud, save, apiUrl, awsUrl, end } = await watchedCopy());
}, 120_000);

afterAll(() => end?.());

const answer = async () => {
  const response = await fetch(`${apiUrl}/health`);
  return { status: response.status, body: await response.json() };
};

type Item = Readonly<Record<string, { readonly S?: string }>>;

const isConfirmedInsurance = ({ type, transaction_status }: Item): boolean =>
  type?.S === 'Insurance' && transaction_status?.S === 'confirmed';

async function itemsOf(trip: string): Promise<readonly Item[]> {
  const response = await fetch(awsUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.Query' },
    body: JSON.stringify({
      TableName: 'booking-saga-local-bookings',
      KeyConditionExpression: 'pk = :trip',
      ExpressionAttributeValues: { ':trip': { S: trip } },
    }),
  });
  return ((await response.json()) as { Items: Item[] }).Items;
}

async function bookingOf(trip: string): Promise<unknown> {
  const response = await fetch(awsUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.GetItem' },
    body: JSON.stringify({ TableName: 'booking-saga-local-bookings', Key: { pk: { S: trip }, sk: { S: 'BOOKING' } } }),
  });
  return ((await response.json()) as { Item?: unknown }).Item;
}

describe('npm start, while sources are edited', () => {
  it('swaps in a function that is saved, and keeps the table', async () => {
    await fetch(`${apiUrl}/?runType=success&tripID=kept`);
    while ((await bookingOf('kept')) === undefined);

    save(health, (text) => text.replace("'ok'", "'fine'"));
    await cloud.prints(/swapped in booking-saga-local-health/);

    expect(await answer()).toEqual({ status: 200, body: { status: 'fine' } });
    expect(await bookingOf('kept')).toBeDefined();
  });

  it('tells a syntax error as the bundler does, and keeps the old code', async () => {
    save(health, (text) => text.replace('status:', '(:'));
    await cloud.prints(/✘ (?!✘).*\n[\s\S]*functions\/api\/health\.ts:\d+[\s\S]*\nThe old code keeps running\.\n/);

    expect(await answer()).toEqual({ status: 200, body: { status: 'fine' } });
  });

  it('says that what is mended back to what runs is taken', async () => {
    save(health, (text) => text.replace("'ok'", "'fine'"));
    await cloud.prints(/What was saved runs already/);
  });

  it('tells an error in a function in one line, with the place in the source', async () => {
    save(health, (text) => text.replace("'ok'", '(globalThis as any).nowhere.ok'));
    await cloud.prints(/swapped in booking-saga-local-health/);

    expect(await answer()).toMatchObject({ status: 500 });
    await cloud.prints(
      /GET \/health 500 \d+ ms health {2}TypeError: .* {2}functions\/api\/health\.ts:5 {2}request \S+\n/,
    );
  });

  it('keeps the old code of a function that cannot be loaded', async () => {
    save(health, (text) => text.replace("'ok'", "'loaded'"));
    await cloud.prints(/swapped in booking-saga-local-health/);
    save(health, (text) => `${text}throw new Error('no table');\n`);
    await cloud.prints(/health keeps its old code, .*: Error: no table {2}functions\/api\/health\.ts:\d+/);

    expect(await answer()).toEqual({ status: 200, body: { status: 'loaded' } });
  });

  // The first change of the stack: the zips that the cloud began with are gone, some of them before they were ever unpacked.
  it('takes a leg that is added once the machine books it, functions and machine together', async () => {
    save(health, (text) => text);
    await cloud.prints(/swapped in booking-saga-local-health/);

    writeRecord(copy);
    await cloud.prints(/nsurance[\s\S]*The old code keeps running\./);
    writeStates(copy);
    await cloud.prints(/swapped in[\s\S]*added .*ReserveInsurance/);

    await fetch(`${apiUrl}/?runType=success&tripID=insured`);
    while (!(await itemsOf('insured')).some(isConfirmedInsurance));
  }, 180_000);

  it('offers the new leg and its run types in the console', async () => {
    const start = await (await fetch(`${apiUrl}/_console/api/start`)).json();

    expect(start).toMatchObject({ legs: expect.arrayContaining(['insurance']) });
    expect(start).toMatchObject({
      runTypes: expect.arrayContaining([{ name: 'failInsurance', fails: 'ReserveInsurance' }]),
    });
  });

  it('builds what is saved after a leg was added', async () => {
    save(health, (text) => text.replace("'ok'", "'after'"));
    await cloud.prints(/swapped in booking-saga-local-health/);

    expect(await answer()).toEqual({ status: 200, body: { status: 'after' } });
  });

  it('names the file of a machine that is no JSON, and says when it is mended', async () => {
    const booksInsurance = readFileSync(join(copy.root, machine), 'utf8');
    save(machine, () => booksInsurance.replace('"Comment": "', '"Comment" "'));
    await cloud.prints(/statemachine\/booking-saga\.asl\.json is no JSON: .*line \d+/);

    save(machine, () => booksInsurance);
    await cloud.prints(/What was saved runs already/);
  }, 180_000);

  it('synthesizes a changed machine, and names what changed', async () => {
    const booksInsurance = readFileSync(join(copy.root, machine), 'utf8');
    save(machine, () => booksInsurance.replace('"Comment": "', '"Comment": "Edited. '));

    await cloud.prints(/changed aws_sfn_state_machine\.\w+/);
    expect(await bookingOf('kept')).toBeDefined();
  }, 180_000);

  it('ends with all that it started', async () => {
    cloud.child.kill('SIGTERM');

    expect((await once(cloud.child, 'exit'))[0]).toBe(0);
  });
});
