import { describe, expect, it } from '@jest/globals';
import { failure, hanging, LAMBDA, outputOf, subject } from './support.ts';

const caught = (rest: { readonly Catch?: unknown; readonly [field: string]: unknown }) => ({
  Reserve: { Type: 'Task', Resource: LAMBDA, End: true, ...rest },
  ...(rest.Catch === undefined ? {} : { Undo: { Type: 'Pass', End: true } }),
});
const catchAll = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.reserveError', Next: 'Undo' }];

describe('Retry', () => {
  it('tries again on a named error until its attempts are used up', async () => {
    const sfn = subject({
      states: caught({ Retry: [{ ErrorEquals: ['Flaky'], MaxAttempts: 2 }] }),
      task: () => Promise.reject(failure('Flaky', 'no answer')),
    });

    expect(await sfn.run()).toMatchObject({ status: 'FAILED', error: 'Flaky', cause: 'no answer' });
    expect(sfn.tasks).toHaveLength(3);
  });

  it.each([
    [
      'a first match with MaxAttempts 0 before States.ALL',
      [{ ErrorEquals: ['Refused'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] }],
      1,
    ],
    ['another name', [{ ErrorEquals: ['Flaky'] }], 1],
    ['States.TaskFailed', [{ ErrorEquals: ['States.TaskFailed'], MaxAttempts: 1 }], 2],
    ['States.ALL without MaxAttempts', [{ ErrorEquals: ['States.ALL'] }], 4],
  ])('with %s makes the right number of tries', async (_, Retry, tries) => {
    const sfn = subject({ states: caught({ Retry }), task: () => Promise.reject(failure('Refused')) });

    await sfn.run();

    expect(sfn.tasks).toHaveLength(tries);
  });

  it('waits by interval, backoff, cap and scale', async () => {
    const Retry = [
      { ErrorEquals: ['Flaky'], IntervalSeconds: 20, BackoffRate: 3, MaxDelaySeconds: 40, MaxAttempts: 3 },
    ];
    const sfn = subject({ states: caught({ Retry }), task: () => Promise.reject(failure('Flaky')) });

    const executionArn = await sfn.start();
    await sfn.service.idle();

    const events = await sfn.history(executionArn);
    const at = (type: string) => events.filter((event) => event.type === type).map(({ timestamp }) => timestamp * 1000);
    const failed = at('LambdaFunctionFailed');
    const delays = at('LambdaFunctionScheduled')
      .slice(1)
      .map((scheduled, index) => scheduled - (failed[index] ?? 0));
    // Timers may fire up to a millisecond early by the clock that stamps events, and any time late.
    expect(delays).toHaveLength(3);
    for (const [index, least] of [19, 39, 39].entries()) expect(delays[index]).toBeGreaterThanOrEqual(least);
  });

  it('scales an interval that has no cap', async () => {
    const sfn = subject({
      states: caught({ Retry: [{ ErrorEquals: ['Flaky'], IntervalSeconds: 100, MaxAttempts: 1 }] }),
      task: (_, attempt) => (attempt === 2 ? {} : Promise.reject(failure('Flaky'))),
    });

    expect((await sfn.run()).status).toBe('SUCCEEDED');
  });

  it('with jitter never waits longer than the cap lets it', async () => {
    const Retry = [
      { ErrorEquals: ['Flaky'], IntervalSeconds: 100_000, MaxDelaySeconds: 1, JitterStrategy: 'FULL', MaxAttempts: 2 },
    ];
    const sfn = subject({
      states: caught({ Retry }),
      task: (_, attempt) => (attempt === 3 ? {} : Promise.reject(failure('Flaky'))),
    });

    expect((await sfn.run()).status).toBe('SUCCEEDED');
  });
});

describe('Catch', () => {
  it('puts error and cause below ResultPath and goes on', async () => {
    const sfn = subject({
      states: caught({ Catch: catchAll }),
      task: () => Promise.reject(failure('SeatUnavailableError', '{"a":"b\\n"}')),
    });

    expect(outputOf(await sfn.run({ trip_id: 't' }))).toEqual({
      trip_id: 't',
      reserveError: { Error: 'SeatUnavailableError', Cause: '{"a":"b\\n"}' },
    });
  });

  it.each([
    [null, { trip_id: 't' }],
    ['$', { Error: 'Oops', Cause: 'Oops happened' }],
    [undefined, { Error: 'Oops', Cause: 'Oops happened' }],
  ])('with ResultPath %j', async (ResultPath, expected) => {
    const Catch = [{ ErrorEquals: ['Oops'], Next: 'Undo', ...(ResultPath === undefined ? {} : { ResultPath }) }];
    const sfn = subject({ states: caught({ Catch }), task: () => Promise.reject(failure('Oops')) });

    expect(outputOf(await sfn.run({ trip_id: 't' }))).toEqual(expected);
  });

  it('catches a TaskPort that throws something other than an Error', async () => {
    const sfn = subject({ states: caught({ Catch: catchAll }), task: () => Promise.reject('plain text') });

    expect(outputOf(await sfn.run())).toEqual({ reserveError: { Error: 'States.TaskFailed', Cause: 'plain text' } });
  });
});

describe('a time-out', () => {
  it('of a Task is States.Timeout with an empty cause, and the late answer is not heard', async () => {
    const late = Promise.withResolvers<unknown>();
    const sfn = subject({ states: caught({ TimeoutSeconds: 1, Catch: catchAll }), task: () => late.promise });

    const description = await sfn.run();
    late.reject(new Error('too late'));

    expect(outputOf(description)).toEqual({ reserveError: { Error: 'States.Timeout', Cause: '' } });
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

describe('States.Runtime', () => {
  it('from a path to a missing field is neither retried nor caught', async () => {
    const rest = { Parameters: { 'id.$': '$.missing' }, Retry: [{ ErrorEquals: ['States.ALL'] }], Catch: catchAll };
    const sfn = subject({ states: caught(rest) });

    const { status, error, cause } = await sfn.run({ a: 1 });

    expect([status, error]).toEqual(['FAILED', 'States.Runtime']);
    expect(cause).toBe(
      `An error occurred while executing the state 'Reserve' (entered at the event id #2). The JSONPath '$.missing' specified for the field 'id.$' could not be found in the input '{"a":1}'`,
    );
    expect(sfn.tasks).toHaveLength(0);
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

describe('a Fail state', () => {
  it.each([
    [
      { Error: 'BookingFailed', Cause: 'no seat' },
      { error: 'BookingFailed', cause: 'no seat' },
    ],
    [
      { ErrorPath: '$.e', CausePath: '$.c' },
      { error: 'E1', cause: 'because' },
    ],
  ])('%j ends the execution with its error and cause', async (fields, expected) => {
    const sfn = subject({ states: { "Sorry, We Couldn't make the booking": { Type: 'Fail', ...fields } } });

    expect(await sfn.run({ e: 'E1', c: 'because' })).toMatchObject({ status: 'FAILED', ...expected });
  });

  it('without error and cause has none', async () => {
    const description = await subject({ states: { Sorry: { Type: 'Fail' } } }).run();

    expect(description.status).toBe('FAILED');
    expect(description).not.toHaveProperty('error');
    expect(description).not.toHaveProperty('cause');
  });
});
