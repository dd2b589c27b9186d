import { describe, expect, it } from '@jest/globals';
import { catchAll, caught } from './catching.ts';
import { hanging, LAMBDA, outputOf, subject } from './support.ts';

describe('a time-out', () => {
  it('of a Task is States.Timeout with an empty cause, the late answer is not heard, and the Task is told', async () => {
    const late = Promise.withResolvers<unknown>();
    const sfn = subject({ states: caught({ TimeoutSeconds: 1, Catch: catchAll }), task: () => late.promise });

    const description = await sfn.run();
    late.reject(new Error('too late'));

    expect(outputOf(description)).toEqual({ reserveError: { Error: 'States.Timeout', Cause: '' } });
    expect(sfn.tasks[0]?.signal.aborted).toBe(true);
  });

  it('that does not come tells a Task nothing', async () => {
    const sfn = subject({ states: caught({ TimeoutSeconds: 1 }), task: () => ({}) });

    await sfn.run();

    expect(sfn.tasks[0]?.signal.aborted).toBe(false);
  });

  it('of a Task is matched by States.Timeout and States.ALL, not by States.TaskFailed', async () => {
    const { task } = hanging();
    const Retry = [
      { ErrorEquals: ['States.TaskFailed'], MaxAttempts: 5 },
      { ErrorEquals: ['States.Timeout'], MaxAttempts: 1 },
    ];
    const sfn = subject({ states: caught({ TimeoutSeconds: 1, Retry, Catch: catchAll }), task });

    await sfn.run();

    expect(sfn.tasks).toHaveLength(2);
  });

  it('of the machine ends it TIMED_OUT, aborts the Task and catches nothing', async () => {
    const { task, aborted } = hanging();
    const sfn = subject({ states: caught({ Catch: catchAll }), machine: { TimeoutSeconds: 1 }, task });

    const description = await sfn.run();
    await aborted;

    expect(description).toMatchObject({ status: 'TIMED_OUT', redriveStatus: 'REDRIVABLE' });
    expect(description).not.toHaveProperty('error');
    expect(sfn.changes.map(({ status }) => status)).toEqual(['RUNNING', 'TIMED_OUT']);
  });
});

describe('the data limit', () => {
  const large = 'x'.repeat(300 * 1024);

  it('refuses a result over 256 KiB, which can be caught', async () => {
    const sfn = subject({ states: caught({ Catch: catchAll }), task: () => ({ large }) });

    expect(outputOf(await sfn.run())).toEqual({
      reserveError: {
        Error: 'States.DataLimitExceeded',
        Cause: expect.stringContaining(`'${LAMBDA}' returned a result with a size exceeding`),
      },
    });
  });

  it('fails an execution whose state data grows over 256 KiB step by step', async () => {
    const step = (n: number) => ({ Type: 'Task', Resource: LAMBDA, ResultPath: `$.r${n}`, Catch: catchAll });
    const states = {
      One: { ...step(1), Next: 'Two' },
      Two: { ...step(2), Next: 'Three' },
      Three: { ...step(3), Next: 'Four' },
      Four: { ...step(4), End: true },
      Undo: { Type: 'Succeed' },
    };
    const sfn = subject({ states, task: () => 'ü'.repeat(60 * 1024) });

    expect(await sfn.run()).toMatchObject({
      status: 'FAILED',
      error: 'States.DataLimitExceeded',
      cause: expect.stringContaining("'Three'"),
    });
    expect(sfn.tasks.map(({ stateName }) => stateName)).toEqual(['One', 'Two', 'Three']);
  });
});

describe('a history of 25,000 events', () => {
  // Of each round four events: two states are entered and left.
  const rounds = (most: number) => ({
    Count: { Type: 'Pass', Parameters: { 'n.$': 'States.MathAdd($.n, 1)' }, Next: 'Enough' },
    Enough: {
      Type: 'Choice',
      Choices: [{ Variable: '$.n', NumericGreaterThanEquals: most, Next: 'Done' }],
      Default: 'Count',
    },
    Done: { Type: 'Succeed' },
  });

  it('is the most that an execution has: it fails, and nothing catches that', async () => {
    const sfn = subject({ states: rounds(7_000) });
    const executionArn = await sfn.start({ n: 0 });
    await sfn.service.idle();

    expect(await sfn.call('DescribeExecution', { executionArn })).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: 'The execution reached the maximum number of history events (25000).',
    });
    const { events } = await sfn.call('GetExecutionHistory', { executionArn, reverseOrder: true, maxResults: 1 });
    expect(events).toMatchObject([{ id: 25_000, type: 'ExecutionFailed' }]);
  });

  it('may end with the success of the execution', async () => {
    // The start, 6,249 rounds and the last state are 24,999 events.
    const description = await subject({ states: rounds(6_249) }).run({ n: 0 });

    expect(description.status).toBe('SUCCEEDED');
  });
});

describe('a Fail state', () => {
  it.each([
    [
      { Error: 'ParcelLost', Cause: 'no seat' },
      { error: 'ParcelLost', cause: 'no seat' },
    ],
    [
      { ErrorPath: '$.e', CausePath: '$.c' },
      { error: 'E1', cause: 'because' },
    ],
  ])('%j ends the execution with its error and cause', async (fields, expected) => {
    const sfn = subject({ states: { "Sorry, We Couldn't make the parcel": { Type: 'Fail', ...fields } } });

    expect(await sfn.run({ e: 'E1', c: 'because' })).toMatchObject({ status: 'FAILED', ...expected });
  });

  it('without error and cause has none', async () => {
    const description = await subject({ states: { Sorry: { Type: 'Fail' } } }).run();

    expect(description.status).toBe('FAILED');
    expect(description).not.toHaveProperty('error');
    expect(description).not.toHaveProperty('cause');
  });
});
