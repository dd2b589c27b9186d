import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Observation } from '#embedded/index.ts';
import { createExecutionPoller, type Poller } from '../../../localstack/console/server/execution-poller.ts';
import type { Json } from '../../../localstack/console/server/source.ts';

const machineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:booking';

/** Newest first; those before `listed` are in the page of ListExecutions. */
let runs: [name: string, status: string][];
let listed: number;
let calls: string[];
let isDown: boolean;
let warnings: string[];
let wait: { readonly run: () => void; readonly milliseconds: number } | undefined;
let poller: Poller;
let told: Observation[];

async function call(_: string, operation: string, input: Json): Promise<Json> {
  calls.push(operation);
  if (isDown) throw new Error('connect ECONNREFUSED');
  if (operation === 'ListExecutions') {
    return { executions: runs.slice(0, listed).map(([name, status]) => ({ name, status })) };
  }
  return { status: runs.find(([name]) => String(input.executionArn).endsWith(`:${name}`))?.[1] };
}

const settled = () => new Promise(setImmediate);
const names = () => told.splice(0).map((one) => ('executionArn' in one ? `${one.executionArn.split(':').at(-1)}` : ''));

/** Lets the time pass until it looks again. @returns how long that was */
async function next(): Promise<number | undefined> {
  const { run, milliseconds } = wait ?? {};
  wait = undefined;
  run?.();
  await settled();
  return milliseconds;
}

async function open(): Promise<void> {
  poller = createExecutionPoller({
    call,
    machineArn,
    warn: (message) => warnings.push(message),
    now: () => 0,
    later(run, milliseconds) {
      wait = { run, milliseconds };
      return () => {
        wait = undefined;
      };
    },
  });
  poller.observe((one) => told.push(one));
  await settled();
}

beforeEach(() => {
  [runs, listed, calls, isDown, warnings, wait, told] = [[], 100, [], false, [], undefined, []];
});

describe('the poller of executions', () => {
  it('tells of runs that begin, go on and end, once for all who listen', async () => {
    runs = [['old.1', 'SUCCEEDED']];
    await open();
    const others: Observation[] = [];
    poller.observe((one) => others.push(one));
    expect(names()).toEqual([]);

    runs = [['new.1', 'RUNNING'], ...runs];
    await next();
    await next();
    runs = [['new.1', 'FAILED'], ...runs.slice(1)];
    await next();
    await next();

    const statuses = told.map((one) => one.type === 'executionChanged' && one.status);
    expect(statuses).toEqual(['RUNNING', 'RUNNING', 'FAILED']);
    expect(names()).toEqual(['new.1', 'new.1', 'new.1']);
    expect(others.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(calls).toEqual(Array(5).fill('ListExecutions'));
  });

  it('looks each second while something runs, and each five seconds else', async () => {
    await open();
    expect(await next()).toBe(5_000);
    runs = [['new.1', 'RUNNING']];
    expect(await next()).toBe(5_000);
    expect(await next()).toBe(1_000);
  });

  it('asks for the end of a run that is no longer among the newest', async () => {
    runs = [['long.1', 'RUNNING']];
    await open();
    [runs, listed] = [
      [
        ['new.1', 'SUCCEEDED'],
        ['long.1', 'TIMED_OUT'],
      ],
      1,
    ];
    names();
    await next();

    expect(names()).toEqual(['new.1', 'long.1']);
    expect(calls.at(-1)).toBe('DescribeExecution');
  });

  it('tells of ten running ones at each look, so that no page asks for hundreds', async () => {
    runs = Array.from({ length: 50 }, (_, at) => [`t${at}.1`, 'RUNNING']);
    await open();
    names();
    await next();

    expect(names()).toEqual(runs.slice(0, 10).map(([name]) => name));
  });

  it('warns once of a target that does not answer, asks less and less often, and comes back', async () => {
    await open();
    isDown = true;
    const waits = [];
    for (let look = 0; look < 6; look++) waits.push(await next());
    expect(waits).toEqual([5_000, 5_000, 10_000, 20_000, 40_000, 60_000]);
    expect(warnings).toEqual(['The target does not answer: connect ECONNREFUSED']);

    isDown = false;
    await next();
    expect(wait?.milliseconds).toBe(5_000);
  });

  it('asks for nothing once it is closed', async () => {
    await open();
    poller.close();
    expect(wait).toBeUndefined();
  });
});
