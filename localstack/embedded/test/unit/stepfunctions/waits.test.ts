import { describe, expect, it } from '@jest/globals';
import { createVirtualTime } from '#embedded/virtual-time.ts';
import { failure, LAMBDA, outputOf, subject } from './support.ts';

const start = Date.parse('2021-07-10T06:00:00Z');

/** Runs to the end on a clock that jumps from one due moment to the next. */
async function runOn(states: Record<string, object>, input: unknown, rest: object = {}) {
  const time = createVirtualTime({ start });
  const sfn = subject({ states, ports: time, ...rest });
  const executionArn = await sfn.start(input);
  while (await time.next());
  await sfn.service.idle();
  const description = await sfn.call('DescribeExecution', { executionArn });
  return { description, elapsedMs: time.clock.now() - start };
}

describe('a Wait', () => {
  it.each([
    ['Seconds', { Seconds: 90 }, 90_000],
    ['SecondsPath', { SecondsPath: '$.seconds' }, 30_000],
    ['Timestamp', { Timestamp: '2021-07-10T06:00:05Z' }, 5_000],
    ['TimestampPath', { TimestampPath: '$.at' }, 3_600_000],
    ['a Timestamp in the past', { Timestamp: '2020-01-01T00:00:00Z' }, 0],
  ])('by %s lasts as long as it says, whatever the scale of retries, and hands its input on', async (_, wait, ms) => {
    const input = { seconds: 30, at: '2021-07-10T07:00:00Z' };

    const { description, elapsedMs } = await runOn({ W: { Type: 'Wait', ...wait, End: true } }, input, {
      retryScale: 0,
    });

    expect(outputOf(description)).toEqual(input);
    expect(elapsedMs).toBe(ms);
  });

  it('is cut short by the time-out of the machine', async () => {
    const states = { W: { Type: 'Wait', Seconds: 3_600, End: true } };

    const { description, elapsedMs } = await runOn(states, {}, { machine: { TimeoutSeconds: 60 } });

    expect([description.status, elapsedMs]).toEqual(['TIMED_OUT', 60_000]);
  });
});

describe('a Retry', () => {
  const Retry = [{ ErrorEquals: ['Flaky'], IntervalSeconds: 20, BackoffRate: 3, MaxDelaySeconds: 100, MaxAttempts: 3 }];
  const states = { Call: { Type: 'Task', Resource: LAMBDA, Retry, End: true } };
  const task = () => Promise.reject(failure('Flaky'));

  it('waits by interval, backoff and cap', async () => {
    expect((await runOn(states, {}, { task, retryScale: 1 })).elapsedMs).toBe(20_000 + 60_000 + 100_000);
  });

  it('waits a tenth of that at a scale of 0.1', async () => {
    expect((await runOn(states, {}, { task, retryScale: 0.1 })).elapsedMs).toBe(18_000);
  });
});
