/**
 * `InvocationType: Event`: answered at once, run later, tried again after function errors and throttles, then buried. Kept until it is
 * over, so that a next process goes on; what ran when a process ended runs again, as AWS may run an event twice.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */

import { randomUUID } from 'node:crypto';
import { type Clock, type Scheduler, withDeadline } from '../ports.ts';
import type { Collection } from '../store/index.ts';
import { AwsError, type Closable } from '../types.ts';
import type { HookReply } from './interceptors.ts';

/** AWS: two retries, after one minute and after two more. */
export const ASYNC_RETRY_DELAYS_MS: readonly number[] = [60_000, 120_000];

/** AWS: throttles and faults of Lambda itself are no tries, and are waited for longer each time. */
const refusedDelayMs = (refusals: number): number => Math.min(1_000 * 2 ** refusals, 300_000);

/** How the last try ended: what the function answered, or what Lambda itself threw. */
export type Failure = { readonly reply: HookReply } | { readonly error: unknown };

/** Why an event is not tried again, as AWS's record names it. */
export type GivenUp = 'RetriesExhausted' | 'EventAgeExceeded';

export interface AsyncInvocation {
  /** As it was called. */
  readonly functionArn: string;
  readonly payload: unknown;
  /** That have failed. */
  readonly tries: number;
  /** Throttles and faults of Lambda itself since the last of them. */
  readonly refusals?: number;
  /** After it the event is no longer tried, epoch milliseconds; undefined where a process kept it that knew no such limit. */
  readonly expiresAt?: number;
  /** Of the next try, epoch milliseconds. */
  readonly dueAt: number;
}

interface Parts {
  readonly kept: Collection<AsyncInvocation>;
  readonly retryDelaysMs: readonly number[];
  readonly scheduler: Scheduler;
  readonly clock: Clock;
  /** Before it nothing that is kept is run. */
  readonly ready: Promise<void> | undefined;
  /** @param signal fires once the event is too old to begin. @param requestId the same for every try, as on AWS */
  attempt(invocation: AsyncInvocation, signal: AbortSignal, requestId: string): Promise<HookReply>;
  /** Tries beyond the first. */
  retriesOf(invocation: AsyncInvocation): number;
  /** How old an event may become, milliseconds. */
  maximumAgeOf(functionArn: string): number;
  /** Told after the last try; never rejects. */
  bury(invocation: AsyncInvocation, failure: Failure, condition: GivenUp, requestId: string): Promise<void>;
}

export interface AsyncInvocations extends Closable {
  /** Kept when it returns. Resolves after the first try, and after its burial where no other follows; never rejects. */
  submit(functionArn: string, payload: unknown): Promise<void>;
}

export function createAsyncInvocations(parts: Parts): AsyncInvocations {
  const { kept, retryDelaysMs, scheduler, clock, ready } = parts;
  const waiting = new Set<() => void>();
  let closed = false;

  /** The key is the invocation's request id, too. */
  async function run(key: string, invocation: AsyncInvocation): Promise<void> {
    const failure = await failureOf(key, invocation);
    if (failure === undefined) return kept.delete(key);
    if (closed) return;
    const next = nextOf(invocation, failure);
    const givenUp = whyGivenUp(next);
    if (givenUp === undefined) {
      kept.put(key, next);
      wait(key, next);
    } else {
      await parts.bury(next, failure, givenUp, key);
      kept.delete(key);
    }
  }

  function whyGivenUp(next: AsyncInvocation): GivenUp | undefined {
    if (next.tries > parts.retriesOf(next)) return 'RetriesExhausted';
    return next.dueAt >= expiryOf(next) ? 'EventAgeExceeded' : undefined;
  }

  function nextOf(invocation: AsyncInvocation, failure: Failure): AsyncInvocation {
    const { tries, refusals = 0 } = invocation;
    return isRefusal(failure)
      ? { ...invocation, refusals: refusals + 1, dueAt: clock.now() + refusedDelayMs(refusals) }
      : { ...invocation, refusals: 0, tries: tries + 1, dueAt: clock.now() + (retryDelaysMs[tries] ?? 0) };
  }

  function wait(key: string, invocation: AsyncInvocation): void {
    const cancel = scheduler.inBackground(Math.max(0, invocation.dueAt - clock.now()), () => {
      waiting.delete(cancel);
      void run(key, invocation);
    });
    waiting.add(cancel);
  }

  async function failureOf(key: string, invocation: AsyncInvocation): Promise<Failure | undefined> {
    const leftMs = expiryOf(invocation) - clock.now();
    if (leftMs <= 0) return { error: tooOld };
    try {
      const reply = await withDeadline(scheduler, { afterMs: leftMs, reason: tooOld }, (signal) =>
        parts.attempt(invocation, signal, key),
      );
      return reply.functionError === undefined ? undefined : { reply };
    } catch (error) {
      return { error };
    }
  }

  async function resume(left: readonly (readonly [string, AsyncInvocation])[]): Promise<void> {
    await ready;
    if (!closed) for (const [key, invocation] of left) wait(key, invocation);
  }

  void resume([...kept.entries()]);
  return {
    submit(functionArn, payload) {
      const key = randomUUID();
      const now = clock.now();
      const invocation = {
        functionArn,
        payload,
        tries: 0,
        dueAt: now,
        expiresAt: now + parts.maximumAgeOf(functionArn),
      };
      kept.put(key, invocation);
      return run(key, invocation);
    },
    async close() {
      closed = true;
      for (const cancel of waiting) cancel();
    },
  };
}

const tooOld = new Error('the event was too old before the function could begin');

const expiryOf = ({ expiresAt = Number.POSITIVE_INFINITY }: AsyncInvocation): number => expiresAt;

/** Whether the function was not even begun, or Lambda itself failed. */
function isRefusal(failure: Failure): boolean {
  if (!('error' in failure)) return false;
  const { error } = failure;
  return error === tooOld || (error instanceof AwsError && (error.statusCode === 429 || error.statusCode >= 500));
}
