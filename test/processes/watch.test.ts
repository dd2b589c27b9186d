import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { projectRoot } from '#infra/paths.ts';
import { printedBy } from '#test/support/printed.ts';
import { type Copy, copyOfProject, writeRecord, writeStates } from '../infra/add-a-leg/walk.ts';

const health = 'functions/api/health.ts';
const machine = 'statemachine/booking-saga.asl.json';

let copy: Copy;
let cloud: ReturnType<typeof startIn>;
let apiUrl: string;
let awsUrl: string;

beforeAll(async () => {
  copy = copyOfProject();
  for (const built of ['dist', 'cdktf.out'])
    cpSync(join(projectRoot, built), join(copy.root, built), { recursive: true });
  cloud = startIn(copy.root);
  const [, api = '', aws = ''] = await cloud.prints(/open at (http:\S+) +\(AWS endpoint (http:[^,]+),/);
  apiUrl = api;
  awsUrl = aws;
}, 120_000);

afterAll(async () => {
  cloud?.child.kill('SIGKILL');
  copy?.remove();
});

function startIn(cwd: string) {
  const child = spawn(process.execPath, ['localstack/embedded/main.mjs'], {
    cwd,
    env: { ...process.env, PORT: '0', AWS_PORT: '0', NODE_OPTIONS: '', CDKTF_OUTDIR: '' },
  });
  const printed = printedBy(child);
  let from = 0;
  return {
    child,
    /** Waits for what is printed after the last one that was waited for. */
    async prints(pattern: RegExp): Promise<RegExpExecArray> {
      const found = await printed.waitFor(pattern, from);
      from += found.index + found[0].length;
      return found;
    },
  };
}

/** As most editors do. */
function save(file: string, change: (text: string) => string): void {
  const path = join(copy.root, file);
  const changed = change(readFileSync(join(projectRoot, file), 'utf8'));
  writeFileSync(`${path}.tmp`, changed);
  renameSync(`${path}.tmp`, path);
}

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
    await cloud.prints(/The old code stays in:[\s\S]*functions\/api\/health\.ts:\d+/);

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
    await cloud.prints(/The old code stays in:[\s\S]*nsurance/);
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
