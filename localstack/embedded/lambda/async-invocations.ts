/**
 * `InvocationType: Event`: answered at once, run later, tried again after function errors and throttles, then buried. Kept until it is
 * over, so that a next process goes on; what ran when a process ended runs again, as AWS may run an event twice.
 */

import { randomUUID } from 'node:crypto';
import type { Clock, Scheduler } from '../ports.ts';
import type { Collection } from '../store/index.ts';
import type { Closable } from '../types.ts';
import type { HookReply } from './interceptors.ts';

/** AWS: two retries, after one minute and after two more. */
export const ASYNC_RETRY_DELAYS_MS: readonly number[] = [60_000, 120_000];

/** How the last try ended: what the function answered, or what Lambda itself threw. */
export type Failure = { readonly reply: HookReply } | { readonly error: unknown };

export interface AsyncInvocation {
  /** As it was called. */
  readonly functionArn: string;
  readonly payload: unknown;
  /** That have failed. */
  readonly tries: number;
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
  attempt(invocation: AsyncInvocation): Promise<HookReply>;
  /** Tries beyond the first. */
  retriesOf(invocation: AsyncInvocation): number;
  /** Told after the last try; never rejects. */
  bury(invocation: AsyncInvocation, failure: Failure): Promise<void>;
}

export interface AsyncInvocations extends Closable {
  /** Kept when it returns. Resolves after the first try, and after its burial where no other follows; never rejects. */
  submit(functionArn: string, payload: unknown): Promise<void>;
}

export function createAsyncInvocations(parts: Parts): AsyncInvocations {
  const { kept, retryDelaysMs, scheduler, clock, ready } = parts;
  const waiting = new Set<() => void>();
  let closed = false;

  async function run(key: string, invocation: AsyncInvocation): Promise<void> {
    const failure = await failureOf(invocation);
    if (failure === undefined) return kept.delete(key);
    if (closed) return;
    const { tries } = invocation;
    const next = { ...invocation, tries: tries + 1, dueAt: clock.now() + (retryDelaysMs[tries] ?? 0) };
    if (tries < parts.retriesOf(invocation)) {
      kept.put(key, next);
      wait(key, next);
    } else {
      await parts.bury(next, failure);
      kept.delete(key);
    }
  }

  function wait(key: string, invocation: AsyncInvocation): void {
    const cancel = scheduler.inBackground(Math.max(0, invocation.dueAt - clock.now()), () => {
      waiting.delete(cancel);
      void run(key, invocation);
    });
    waiting.add(cancel);
  }

  async function failureOf(invocation: AsyncInvocation): Promise<Failure | undefined> {
    try {
      const reply = await parts.attempt(invocation);
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
      const invocation = { functionArn, payload, tries: 0, dueAt: clock.now() };
      kept.put(key, invocation);
      return run(key, invocation);
    },
    async close() {
      closed = true;
      for (const cancel of waiting) cancel();
    },
  };
}
