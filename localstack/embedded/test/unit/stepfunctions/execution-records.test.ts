import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { StatusChange } from '#embedded/stepfunctions/index.ts';
import { type Change, createStore, openStore, type Store } from '#embedded/store/index.ts';
import { createVirtualTime } from '#embedded/virtual-time.ts';
import { open, refused, states } from './operations-setup.ts';
import { hanging, MACHINE_ARN, type Setup, type Subject } from './support.ts';

const day = 24 * 3600 * 1000;

let folder: string;
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'execution-records-'));
  store = openStore(folder);
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const arnOf = (name: string): string => `${MACHINE_ARN.replace(':stateMachine:', ':execution:')}:${name}`;

/** A process with what is in the store at that moment; what the one before does later is lost, as after a kill. */
async function next(setup: Partial<Setup> = {}): Promise<Subject & { told: StatusChange[] }> {
  await store.close();
  store = openStore(folder);
  const told: StatusChange[] = [];
  const onStatusChange = (change: StatusChange) => void told.push(change);
  return Object.assign(open({ store, onStatusChange, ...setup }), { told });
}

describe('executions in a store', () => {
  it('given one that ended, when the next process starts, then status, history and name are as before, and nothing is told', async () => {
    const first = await next();
    await first.run({ a: 1 }, 'a');
    const [described, history] = [
      await first.call('DescribeExecution', { executionArn: arnOf('a') }),
      await first.history(arnOf('a')),
    ];

    const second = await next();
    expect(second.told).toEqual([]);
    expect(await second.call('DescribeExecution', { executionArn: arnOf('a') })).toEqual(described);
    expect(await second.history(arnOf('a'))).toEqual(history);
    expect(history.map(({ type }) => type)).toContain('LambdaFunctionSucceeded');
    await expect(second.start({ a: 1 }, 'a')).rejects.toEqual(refused('ExecutionAlreadyExists'));
    await second.run({}, 'b');
    const { executions } = await second.call('ListExecutions', { stateMachineArn: MACHINE_ARN });
    expect((executions as { name: string }[]).map(({ name }) => name)).toEqual(['b', 'a']);
  });

  it('given one that was running, when the next process starts, then it has ended as aborted, with its event and history', async () => {
    const { task, called } = hanging();
    const first = await next({ task });
    await first.start({ a: 1 }, 'a');
    await called;
    await setImmediate();

    const second = await next();
    expect(second.service.aborted).toBe(1);
    const aborted = {
      name: 'a',
      status: 'ABORTED',
      input: '{"a":1}',
      cause: 'The local cloud was stopped while it ran',
    };
    expect(second.told).toMatchObject([aborted]);
    expect(await second.call('DescribeExecution', { executionArn: arnOf('a') })).toMatchObject({ status: 'ABORTED' });
    const events = await second.history(arnOf('a'));
    expect(events.map(({ id, previousEventId, type }) => [id, previousEventId, type])).toEqual([
      [1, 0, 'ExecutionStarted'],
      [2, 0, 'TaskStateEntered'],
      [3, 2, 'LambdaFunctionScheduled'],
      [4, 3, 'LambdaFunctionStarted'],
      [5, 4, 'ExecutionAborted'],
    ]);
    expect(events.at(-1)).toMatchObject({ executionAbortedEventDetails: { cause: aborted.cause } });

    expect((await next()).told).toEqual([]);
  });

  it('keeps what listeners keep of a change in one write with it', async () => {
    const writes: string[][] = [];
    const file = {
      load: () => [],
      write: (changes: readonly Change[]) =>
        void writes.push(changes.map(({ collection, value }) => `${collection} ${(value as StatusChange).status}`)),
      close: async () => {},
    };
    const own = createStore(file);
    const heard = own.collection<StatusChange>('heard');
    const onStatusChange = (change: StatusChange) => heard.put(change.executionArn, change);
    await open({ store: own, onStatusChange }).run({}, 'a');

    const both = writes.filter((write) => write.some((change) => change.startsWith('heard')));
    expect(both.map((write) => write.filter((change) => !change.startsWith('execution events')))).toEqual([
      ['executions RUNNING', 'heard RUNNING'],
      ['executions SUCCEEDED', 'heard SUCCEEDED'],
    ]);
  });

  it('given a process that closes while one runs, when the next one starts, then that one aborts it', async () => {
    const { task, called } = hanging();
    const first = await next({ task });
    await first.start({}, 'a');
    await called;
    await first.service.close();

    expect((await next()).told).toMatchObject([{ name: 'a', status: 'ABORTED' }]);
  });

  it('given more ends than are kept, when the next process starts, then the oldest have left their names', async () => {
    const first = await next({ historyLimit: 2 });
    for (const name of ['a', 'b', 'c']) await first.run({}, name);

    const second = await next({ historyLimit: 2 });
    expect([...store.collection('executions').entries()].map(([arn]) => arn)).toEqual(['b', 'c'].map(arnOf));
    expect([...store.collection('execution events').entries()].filter(([key]) => key.startsWith(arnOf('a')))).toEqual(
      [],
    );
    for (const name of ['a', 'b'])
      await expect(second.start({}, name)).rejects.toEqual(refused('ExecutionAlreadyExists'));
    await expect(second.history(arnOf('a'))).rejects.toEqual(refused('ExecutionDoesNotExist'));
  });

  it('given a name of 90 days ago, when the next process starts, then it is free', async () => {
    const first = await next({ historyLimit: 0, ports: createVirtualTime({ start: day }) });
    await first.start({}, 'a');
    await first.service.idle();
    const taken = await next({ historyLimit: 0, ports: createVirtualTime({ start: 91 * day - 1 }) });
    await expect(taken.start({}, 'a')).rejects.toEqual(refused('ExecutionAlreadyExists'));

    const free = await next({ historyLimit: 0, ports: createVirtualTime({ start: 91 * day }) });
    expect(await free.start({}, 'a')).toBe(arnOf('a'));
  });

  it('given a run of a machine that another stack has, when this one starts, then it waits for that stack', async () => {
    const { task, called } = hanging();
    const first = await next({ task });
    await first.start({}, 'a');
    await called;

    const other = await next({ name: 'other' });
    expect(other.service.aborted).toBe(0);
    await expect(other.call('DescribeExecution', { executionArn: arnOf('a') })).rejects.toEqual(
      refused('ExecutionDoesNotExist'),
    );
    expect((await next({ states })).service.aborted).toBe(1);
  });
});
