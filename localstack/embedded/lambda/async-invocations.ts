/** `InvocationType: Event`: answered at once, run later, tried again after function errors and throttles, then buried. */

import type { Scheduler } from '../ports.ts';
import type { Closable } from '../types.ts';
import type { HookReply } from './interceptors.ts';

/** AWS: two retries, after one minute and after two more. */
export const ASYNC_RETRY_DELAYS_MS: readonly number[] = [60_000, 120_000];

/** How the last try ended: what the function answered, or what Lambda itself threw. */
export type Failure = { readonly reply: HookReply } | { readonly error: unknown };

export interface AsyncJob {
  readonly attempt: () => Promise<HookReply>;
  /** Tries beyond the first. */
  readonly retries: number;
  /** Told after the last try; never rejects. */
  readonly bury: (failure: Failure, tries: number) => Promise<void>;
}

export interface AsyncInvocations extends Closable {
  /** Resolves after the first try, and after its burial where no other follows; never rejects. */
  submit(job: AsyncJob): Promise<void>;
}

export function createAsyncInvocations(retryDelaysMs: readonly number[], scheduler: Scheduler): AsyncInvocations {
  const waiting = new Set<() => void>();
  let closed = false;

  async function run(job: AsyncJob, tries: number): Promise<void> {
    const failure = await failureOf(job);
    if (failure === undefined || closed) return;
    if (tries > job.retries) return job.bury(failure, tries);
    const cancel = scheduler.inBackground(retryDelaysMs[tries - 1] ?? 0, () => {
      waiting.delete(cancel);
      void run(job, tries + 1);
    });
    waiting.add(cancel);
  }

  return {
    submit: (job) => run(job, 1),
    async close() {
      closed = true;
      for (const cancel of waiting) cancel();
    },
  };
}

async function failureOf({ attempt }: AsyncJob): Promise<Failure | undefined> {
  try {
    const reply = await attempt();
    return reply.functionError === undefined ? undefined : { reply };
  } catch (error) {
    return { error };
  }
}
