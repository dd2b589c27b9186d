import { describe, expect, it } from '@jest/globals';
import { type Change, createStore } from '#embedded/store/index.ts';
import { createVirtualTime } from '#embedded/virtual-time.ts';
import { open } from './operations-setup.ts';
import { failingSecond, task, twoSteps } from './redrive-setup.ts';
import { failure, hanging, MACHINE_ARN, ROLE_ARN } from './support.ts';

describe('RedriveExecution', () => {
  it('goes on with the state that failed and its input, as the same execution', async () => {
    const ports = createVirtualTime();
    const sfn = open({ states: twoSteps, task: failingSecond(), ports });
    const { executionArn, startDate } = await sfn.run({ a: 1 }, 'one');
    await ports.advance(60_000);

    const { redriveDate } = await sfn.call('RedriveExecution', { executionArn });
    await sfn.service.idle();

    expect(sfn.tasks.map(({ stateName, input }) => [stateName, input])).toEqual([
      ['First', { a: 1 }],
      ['Second', { a: 1, first: 1 }],
      ['Second', { a: 1, first: 1 }],
    ]);
    const described = await sfn.call('DescribeExecution', { executionArn });
    expect(described).toMatchObject({ name: 'one', status: 'SUCCEEDED', startDate, redriveCount: 1, redriveDate });
    expect(redriveDate).toBe(Number(startDate) + 60);
    expect(described.output).toBe('{"a":1,"first":1,"second":2}');
    expect(sfn.changes.map(({ status, redrive }) => `${status} ${redrive?.count ?? 0}`)).toEqual([
      'RUNNING 0',
      'FAILED 0',
      'RUNNING 1',
      'SUCCEEDED 1',
    ]);
    const events = await sfn.history(executionArn as string);
    expect(events.map(({ type }) => type).slice(-8)).toEqual([
      'ExecutionFailed',
      'ExecutionRedriven',
      'TaskStateEntered',
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
    expect(events).toContainEqual(expect.objectContaining({ executionRedrivenEventDetails: { redriveCount: 1 } }));
  });

  it('gives the retries of that state anew, and the whole time limit', async () => {
    const ports = createVirtualTime();
    const Retry = [{ ErrorEquals: ['Broken'], MaxAttempts: 1, IntervalSeconds: 1 }];
    const sfn = open({
      states: { First: { ...task(), Retry } },
      machine: { TimeoutSeconds: 100 },
      ports,
      retryScale: 90,
      task: (_, attempt) => {
        if (attempt < 4) throw failure('Broken');
      },
    });
    const executionArn = await sfn.start();
    await ports.advance(95_000);
    await sfn.call('RedriveExecution', { executionArn });
    await ports.advance(95_000);

    expect(await sfn.call('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED' });
    expect(sfn.tasks).toHaveLength(4);
  });

  it('goes on with the next state where the run was stopped between two', async () => {
    const sfn = open({
      states: twoSteps,
      task: (_, attempt) => attempt,
      observe(one) {
        if (one.type === 'stateExited' && one.state === 'First') {
          void sfn.call('StopExecution', { executionArn: one.executionArn });
        }
      },
    });
    const { executionArn, status } = await sfn.run({}, 'one');
    expect(status).toBe('ABORTED');

    await sfn.call('RedriveExecution', { executionArn });
    await sfn.service.idle();

    expect(sfn.tasks.map(({ stateName }) => stateName)).toEqual(['First', 'Second']);
    expect(await sfn.call('DescribeExecution', { executionArn })).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"first":1,"second":1}',
    });
  });

  it('enters a Fail state again, and fails again', async () => {
    const sfn = open({ states: { No: { Type: 'Fail', Error: 'No', Cause: 'never' } } });
    const { executionArn } = await sfn.run();

    await sfn.call('RedriveExecution', { executionArn });
    await sfn.service.idle();

    expect(await sfn.call('DescribeExecution', { executionArn })).toMatchObject({
      status: 'FAILED',
      error: 'No',
      redriveCount: 1,
      redriveStatus: 'REDRIVABLE',
    });
  });

  it('runs in the definition that the execution began with', async () => {
    const sfn = open({ states: twoSteps, task: failingSecond() });
    const { executionArn } = await sfn.run();
    const definition = { StartAt: 'Other', States: { Other: { Type: 'Succeed' } } };
    sfn.service.swap([{ name: 'parcel', arn: MACHINE_ARN, roleArn: ROLE_ARN, type: 'STANDARD', definition }]);

    await sfn.call('RedriveExecution', { executionArn });
    await sfn.service.idle();

    expect(await sfn.call('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED' });
    expect(sfn.tasks.map(({ stateName }) => stateName)).toEqual(['First', 'Second', 'Second']);
  });

  it('tells the run when it was redriven, by the context object', async () => {
    const sfn = open({
      states: { First: { ...task(), Parameters: { 'execution.$': '$$.Execution' } } },
      task: (_, attempt) => {
        if (attempt === 1) throw failure('Broken');
      },
    });
    const { executionArn, startDate } = await sfn.run();
    await sfn.call('RedriveExecution', { executionArn });
    await sfn.service.idle();

    const StartTime = new Date(Number(startDate) * 1000).toISOString();
    expect(sfn.tasks.map(({ input }) => input)).toEqual([
      { execution: expect.not.objectContaining({ RedriveCount: expect.anything() }) },
      { execution: expect.objectContaining({ StartTime, RedriveCount: 1, RedriveTime: expect.any(String) }) },
    ]);
  });

  it('redrives what a former process left running, from the store', async () => {
    const { task: hang, called } = hanging();
    const kept = new Map<string, Change>();
    const store = () =>
      createStore({
        *load() {
          yield* structuredClone([...kept.values()]);
        },
        write(changes) {
          for (const change of changes) kept.set(`${change.collection} ${change.key}`, structuredClone(change));
        },
        async close() {},
      });
    const first = open({
      states: twoSteps,
      task: (one) => (one.stateName === 'Second' ? hang(one) : 1),
      store: store(),
    });
    const executionArn = await first.start({ a: 1 });
    await called;
    await new Promise(setImmediate);

    const second = open({ states: twoSteps, task: () => 2, store: store() });
    await second.call('RedriveExecution', { executionArn });
    await second.service.idle();

    expect(second.tasks.map(({ stateName, input }) => [stateName, input])).toEqual([['Second', { a: 1, first: 1 }]]);
    const types = (await second.history(executionArn)).map(({ type }) => type);
    expect(types.slice(0, 2)).toEqual(['ExecutionStarted', 'TaskStateEntered']);
    expect(types).toContain('ExecutionRedriven');
    const third = open({ states: twoSteps, store: store() });
    expect((await third.history(executionArn)).map(({ type }) => type)).toEqual(types);
    expect(await third.call('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('is told from others by ListExecutions', async () => {
    const sfn = open({ states: twoSteps, task: failingSecond() });
    const { executionArn } = await sfn.run({}, 'again');
    await sfn.run({}, 'once');
    await sfn.call('RedriveExecution', { executionArn });
    await sfn.service.idle();
    const names = async (input: object) =>
      (
        (await sfn.call('ListExecutions', { stateMachineArn: MACHINE_ARN, ...input })).executions as { name: string }[]
      ).map(({ name }) => name);

    expect(await names({ redriveFilter: 'REDRIVEN' })).toEqual(['again']);
    expect(await names({ redriveFilter: 'NOT_REDRIVEN' })).toEqual(['once']);
    await expect(names({ redriveFilter: 'SOMETIMES' })).rejects.toThrow("'redriveFilter' failed to satisfy constraint");
    await expect(names({ statusFilter: 'DONE' })).rejects.toThrow("'statusFilter' failed to satisfy constraint");
  });
});
