import type { Scheduler } from '../../ports.ts';

export interface Arrival {
  /** Resolves when the queue may have a message, when the time is up, and when the queue closes. */
  readonly settled: Promise<void>;
  cancel(): void;
}

export interface Waiters {
  await(milliseconds: number): Arrival;
  /** All of them: one that finds nothing waits again. */
  wake(): void;
  /** To be called when the next message may be due at another time. */
  rearm(): void;
}

/**
 * Receivers in a long poll. While there are any, one timer waits for the next hidden message.
 * @param untilDue milliseconds until that one is ready, Infinity where there is none
 */
export function createWaiters(scheduler: Scheduler, untilDue: () => number, whenDue: () => void): Waiters {
  const waiting = new Set<() => void>();
  let stopTimer = (): void => {};

  function rearm(): void {
    stopTimer();
    stopTimer = () => {};
    const milliseconds = waiting.size === 0 ? Number.POSITIVE_INFINITY : untilDue();
    if (milliseconds === Number.POSITIVE_INFINITY) return;
    stopTimer = scheduler.inBackground(Math.max(0, milliseconds), () => {
      whenDue();
      rearm();
    });
  }

  return {
    rearm,
    wake() {
      for (const resume of [...waiting]) resume();
    },
    await(milliseconds) {
      const { promise: settled, resolve } = Promise.withResolvers<void>();
      const cancel = (): void => {
        if (!waiting.delete(cancel)) return;
        stopTimeout();
        if (waiting.size === 0) rearm();
        resolve();
      };
      const stopTimeout = scheduler.after(milliseconds, cancel);
      waiting.add(cancel);
      if (waiting.size === 1) rearm();
      return { settled, cancel };
    },
  };
}
