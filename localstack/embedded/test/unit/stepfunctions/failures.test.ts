import { describe, expect, it } from '@jest/globals';
import { StatesError } from '#embedded/stepfunctions/errors.ts';
import { catchAll, caught } from './catching.ts';
import { failure, outputOf, subject } from './support.ts';

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

    expect(outputOf(await sfn.run({ parcel_id: 't' }))).toEqual({
      parcel_id: 't',
      reserveError: { Error: 'SeatUnavailableError', Cause: '{"a":"b\\n"}' },
    });
  });

  it.each([
    [null, { parcel_id: 't' }],
    ['$', { Error: 'Oops', Cause: 'Oops happened' }],
    [undefined, { Error: 'Oops', Cause: 'Oops happened' }],
  ])('with ResultPath %j', async (ResultPath, expected) => {
    const Catch = [{ ErrorEquals: ['Oops'], Next: 'Undo', ...(ResultPath === undefined ? {} : { ResultPath }) }];
    const sfn = subject({ states: caught({ Catch }), task: () => Promise.reject(failure('Oops')) });

    expect(outputOf(await sfn.run({ parcel_id: 't' }))).toEqual(expected);
  });

  it('catches a TaskPort that throws something other than an Error', async () => {
    const sfn = subject({ states: caught({ Catch: catchAll }), task: () => Promise.reject('plain text') });

    expect(outputOf(await sfn.run())).toEqual({ reserveError: { Error: 'States.TaskFailed', Cause: 'plain text' } });
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

  it.each<[string, Error, Partial<Record<'Retry' | 'Catch', unknown>>]>([
    ['that a Task reports', new StatesError('States.Runtime', 'no'), { Catch: catchAll }],
    ['that a Task throws', failure('States.Runtime', 'no'), { Catch: catchAll }],
    ['that is named', failure('States.Runtime', 'no'), { Catch: [{ ErrorEquals: ['States.Runtime'], Next: 'Undo' }] }],
    ['after a Retry', failure('States.Runtime', 'no'), { Retry: [{ ErrorEquals: ['States.ALL'] }] }],
  ])('%s is neither retried nor caught', async (_, thrown, rest) => {
    const sfn = subject({ states: caught(rest), task: () => Promise.reject(thrown) });

    expect(await sfn.run()).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(sfn.tasks).toHaveLength(1);
  });
});
