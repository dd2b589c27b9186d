import { describe, expect, it } from '@jest/globals';
import {
  ASYNC_RETRY_DELAYS_MS,
  type AsyncInvocation,
  createAsyncInvocations,
} from '#embedded/lambda/async-invocations.ts';
import type { HookReply } from '#embedded/lambda/interceptors.ts';
import { createStore } from '#embedded/store/index.ts';
import { AwsError } from '#embedded/types.ts';
import { createVirtualTime } from '#embedded/virtual-time.ts';

const sixHours = 6 * 3_600_000;
const throttled = new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
const interrupted = new AwsError('ServiceException', 'interrupted', 500);
const failed: HookReply = { payload: null, functionError: 'Unhandled' };
const worked: HookReply = { payload: null };

/** @param answer to the try of that number, counted from 1; an Error is thrown */
function events(
  answer: (count: number, signal: AbortSignal) => HookReply | Error | Promise<HookReply>,
  store = createStore(),
) {
  const time = createVirtualTime();
  const triedAt: number[] = [];
  const buried: string[] = [];
  const invocations = createAsyncInvocations({
    kept: store.collection<AsyncInvocation>('asynchronous invocations'),
    retryDelaysMs: ASYNC_RETRY_DELAYS_MS,
    ...time,
    ready: Promise.resolve(),
    async attempt(_invocation, signal) {
      const reply = await answer(triedAt.push(time.clock.now()), signal);
      if (reply instanceof Error) throw reply;
      return reply;
    },
    retriesOf: () => 2,
    maximumAgeOf: () => sixHours,
    bury: async ({ tries }, _failure, condition) => void buried.push(`${condition} after ${tries} tries`),
  });
  return { time, triedAt, buried, invocations };
}

describe('an event', () => {
  it('that Lambda cannot run for now waits for longer each time, and each is no try', async () => {
    const { invocations, time, triedAt, buried } = events((count) =>
      count < 4 ? throttled : count < 6 ? interrupted : worked,
    );
    void invocations.submit('arn', {});
    await time.advance(sixHours);

    expect(triedAt).toEqual([0, 1_000, 3_000, 7_000, 15_000, 31_000]);
    expect(buried).toEqual([]);
  });

  it('whose function fails is tried three times, whatever Lambda refuses in between', async () => {
    const { invocations, time, triedAt, buried } = events((count) => (count === 2 ? throttled : failed));
    void invocations.submit('arn', {});
    await time.advance(sixHours);

    expect(triedAt).toEqual([0, 60_000, 61_000, 181_000]);
    expect(buried).toEqual(['RetriesExhausted after 3 tries']);
  });

  it('that can never run is given up when it is six hours old', async () => {
    const { invocations, time, triedAt, buried } = events(() => throttled);
    void invocations.submit('arn', {});
    await time.advance(sixHours);

    expect(buried).toEqual(['EventAgeExceeded after 0 tries']);
    expect(triedAt.slice(-2).map((at) => at % 300_000)).toEqual([211_000, 211_000]);
    expect(triedAt.at(-1)).toBeLessThan(sixHours);
  });

  it('that waits for an environment leaves the queue when it is six hours old', async () => {
    const { invocations, time, buried } = events(
      (_count, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    void invocations.submit('arn', {});
    await time.advance(sixHours - 1);
    expect(buried).toEqual([]);
    await time.advance(1);

    expect(buried).toEqual(['EventAgeExceeded after 0 tries']);
  });

  it('of a former process that has become too old is given up without a try', async () => {
    const store = createStore();
    const kept = { functionArn: 'arn', payload: {}, tries: 1, dueAt: -5, expiresAt: -1 };
    store.collection<AsyncInvocation>('asynchronous invocations').put('1', kept);
    const { time, triedAt, buried } = events(() => worked, store);
    await time.advance(1);

    expect([triedAt, buried]).toEqual([[], ['EventAgeExceeded after 1 tries']]);
  });
});
