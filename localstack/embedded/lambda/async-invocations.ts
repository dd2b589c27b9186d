/** `InvocationType: Event`: answered at once, run later, tried again after function errors and throttles as Lambda does by default. */

import type { Closable } from '../types.ts';

/** AWS: two retries, after one minute and after two more. */
export const ASYNC_RETRY_DELAYS_MS: readonly number[] = [60_000, 120_000];

export interface AsyncInvocations extends Closable {
  /** @param attempt resolves to false when the function failed; may throw */
  submit(attempt: () => Promise<boolean>): void;
}

/** @param onGivenUp told after the last attempt */
export function createAsyncInvocations(
  retryDelaysMs: readonly number[],
  onGivenUp: (error: unknown) => void,
): AsyncInvocations {
  const timers = new Set<NodeJS.Timeout>();
  let closed = false;

  async function run(attempt: () => Promise<boolean>, tries: number): Promise<void> {
    let failure: unknown;
    try {
      if (await attempt()) return;
    } catch (error) {
      failure = error;
    }
    const delay = retryDelaysMs[tries];
    if (closed) return;
    if (delay === undefined) {
      onGivenUp(failure);
      return;
    }
    const timer = setTimeout(() => {
      timers.delete(timer);
      void run(attempt, tries + 1);
    }, delay).unref();
    timers.add(timer);
  }

  return {
    submit: (attempt) => void run(attempt, 0),
    async close() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
