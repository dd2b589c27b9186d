import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { stageClients } from '#infra/operations/stage-clients.ts';
import { type ConsoleServer, createConsoleServer } from '../../../localstack/console/server/index.ts';
import { AwsFailure, type BookRequest, type Json, type Source } from '../../../localstack/console/server/source.ts';

const machineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:booking';
const arnOf = (name: string) => `${machineArn.replace('stateMachine', 'execution')}:${name}`;
const markup = '<img src=x onerror=alert(1)>';

interface Run {
  readonly name: string;
  readonly status: string;
  readonly input?: object;
  readonly error?: string;
}

let [calls, booked, runs]: [[operation: string, input: Json][], BookRequest[], Run[]] = [[], [], []];
let server: Server;
let console: ConsoleServer;
let url: string;

async function call(_: string, operation: string, input: Json): Promise<Json> {
  calls.push([operation, input]);
  if (operation === 'ListExecutions') return { executions: runs.map(({ name }) => ({ name })) };
  if (operation === 'GetExecutionHistory') {
    return { events: [{ id: 1, type: 'TaskStateEntered', timestamp: 1.5, stateEnteredEventDetails: { name: 'Pay' } }] };
  }
  if (operation === 'StartExecution' && runs.some(({ name }) => name === input.name)) {
    throw new AwsFailure('ExecutionAlreadyExists', 'taken');
  }
  if (operation !== 'DescribeExecution') return {};
  const run = runs.find(({ name }) => arnOf(name) === input.executionArn);
  if (run === undefined) throw new AwsFailure('ExecutionDoesNotExist', 'there is none');
  const { input: text, ...rest } = run;
  return { ...rest, startDate: 1, stopDate: 2, input: JSON.stringify(text ?? {}) };
}

function aSource(): Source {
  return {
    target: 'a fake',
    machineArn,
    tableName: 'bookings',
    stage: 'local',
    clients: stageClients({ stage: 'local', region: 'us-east-1' }),
    alarms: [],
    mails: async () => [],
    call,
    actions: true,
    isLimited: false,
    intercept: undefined,
    choices: async () => ({ runTypes: [], legs: [] }),
    flights: undefined,
    book: async (request) => {
      booked.push(request);
      if (request.runType === 'wrong') throw new AwsFailure('NotBooked', 'runType is wrong');
      return 't.1';
    },
    cancel: async () => 'CANCELLING',
    placeOf: () => undefined,
    observe: () => () => {},
  } as Source;
}

async function open(source: Source): Promise<void> {
  console = createConsoleServer(source);
  server = createServer(console.listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/_console`;
}

async function close(): Promise<void> {
  await console.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

beforeEach(async () => {
  [calls, booked, runs] = [[], [], []];
  await open(aSource());
});
afterEach(close);

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  fetch(`${url}/api${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(url).origin, ...headers },
    body: JSON.stringify(body),
  });

describe('who may ask', () => {
  it('changes anything only as the console’s own page', async () => {
    const statuses = [
      post('/book', { runType: 'success' }, { origin: 'http://evil.example' }),
      post('/book', { runType: 'success' }, { origin: 'null' }),
      post('/book', { runType: 'success' }, { 'content-type': 'text/plain' }),
      post('/book', { runType: 'success' }, { 'content-type': 'application/jsonp' }),
      post('/book', { runType: 'success' }, { origin: new URL(url).origin.replace('http', 'https') }),
      post('/book', { runType: 'x'.repeat(1_000_001) }),
      post('/book', { runType: 'success' }),
    ].map(async (response) => (await response).status);

    expect(await Promise.all(statuses)).toEqual([403, 403, 403, 403, 403, 403, 200]);
    expect(booked).toHaveLength(1);
  });

  it('may change nothing where the console only reads', async () => {
    await close();
    await open({ ...aSource(), actions: false });

    expect((await post('/book', { runType: 'success' })).status).toBe(403);
    expect(booked).toEqual([]);
  });
});

describe('runs', () => {
  it('are listed without payloads, and counted once where they have ended', async () => {
    runs = [{ name: 't.1', status: 'FAILED', input: { trip_id: 't', customer: markup, run_type: 'failPayment' } }];

    const list = async () => (await (await fetch(`${url}/api/runs`)).json()) as unknown;

    expect(await list()).toEqual([
      {
        name: 't.1',
        status: 'FAILED',
        startedAt: 1000,
        endedAt: 2000,
        trip: 't',
        customer: markup,
        runType: 'failPayment',
        kind: 'book',
        transitions: 1,
      },
    ]);
    await list();
    expect(calls.filter(([operation]) => operation === 'DescribeExecution')).toHaveLength(1);
    expect(calls.find(([operation]) => operation === 'GetExecutionHistory')?.[1]).toMatchObject({
      includeExecutionData: false,
    });
  });

  it('are asked for by name, and one that is forgotten is left out', async () => {
    runs = [{ name: 't.1', status: 'FAILED' }];

    expect(await (await fetch(`${url}/api/runs?name=t.1&name=t.2`)).json()).toMatchObject([{ name: 't.1' }]);
  });

  it('that do not exist are told by a sentence', async () => {
    const response = await fetch(`${url}/api/runs/none`);

    expect([response.status, await response.json()]).toEqual([
      404,
      { message: 'ExecutionDoesNotExist: There is no run none: it has not begun, or it is forgotten.' },
    ]);
  });

  it.each([
    [{ status: 'RUNNING' }, ['stop']],
    [{ status: 'SUCCEEDED' }, ['cancel']],
    [{ status: 'FAILED', error: 'BookingFailed' }, []],
    [{ status: 'FAILED', error: 'CompensationFailed' }, ['redrive']],
    [{ status: 'ABORTED' }, ['redrive']],
  ])('that are %j may be acted on by %j', async (run, actions) => {
    runs = [{ name: 't.1', ...run }];

    expect(await (await fetch(`${url}/api/runs/t.1`)).json()).toMatchObject({ actions });
  });

  it('that ended before they could be stopped are told as they ended', async () => {
    runs = [{ name: 't.1', status: 'FAILED' }];

    expect(await (await post('/runs/t.1/stop', {})).json()).toEqual({ text: 'It had ended already: FAILED.' });
  });

  it('are redriven under the first name that is free, with the input of an undo', async () => {
    const input = { trip_id: 't', execution_id: 't.1', failedLayers: { Pay: {} } };
    runs = [
      { name: 't.1', status: 'ABORTED', input },
      { name: 't.1.rr-1', status: 'FAILED' },
    ];

    expect(await (await post('/runs/t.1/redrive', {})).json()).toMatchObject({ run: 't.1.rr-2' });
    const started = calls.findLast(([operation]) => operation === 'StartExecution')?.[1];
    expect(JSON.parse(String(started?.input))).toEqual({
      trip_id: 't',
      execution_id: 't.1',
      action: 'cancel',
      cause: 'redrive',
      redrive_count: 2,
    });
  });
});
