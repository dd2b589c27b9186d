/** Time, randomness and waiting, as ports: a test or a simulator drives them, the cloud itself runs on the system's. */
import { randomUUID } from 'node:crypto';

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

export interface Randomness {
  /** From 0 up to, but not including, 1. */
  fraction(): number;
  uuid(): string;
}

export interface Scheduler {
  /** Calls `run` once, after so many milliseconds of the clock. @returns what cancels the call */
  after(milliseconds: number, run: () => void): () => void;
  /** The same for what need not keep the process alive: sweeps, schedules, retries of deliveries. */
  inBackground(milliseconds: number, run: () => void): () => void;
}

export interface Ports {
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly scheduler: Scheduler;
}

/** Timers count milliseconds in 31 bits; a longer one would fire at once. */
const longestTimerMs = 2_147_483_647;

function after(milliseconds: number, run: () => void, keepsAlive: boolean): () => void {
  let timer: NodeJS.Timeout;
  // A timer takes a millisecond at least; what is due now is due in this turn of the event loop.
  if (milliseconds <= 0 && keepsAlive) {
    const immediate = setImmediate(run);
    return () => clearImmediate(immediate);
  }
  const wait = (left: number): void => {
    timer = left > longestTimerMs ? setTimeout(wait, longestTimerMs, left - longestTimerMs) : setTimeout(run, left);
    if (!keepsAlive) timer.unref();
  };
  wait(milliseconds);
  return () => clearTimeout(timer);
}

export const systemPorts: Ports = {
  clock: { now: () => Date.now() },
  randomness: { fraction: () => Math.random(), uuid: () => randomUUID() },
  scheduler: {
    after: (milliseconds, run) => after(milliseconds, run, true),
    inBackground: (milliseconds, run) => after(milliseconds, run, false),
  },
};

/** Resolves after so long, which need not keep the process alive. Rejects, and cancels the call, once the signal fires. */
export function sleep(scheduler: Scheduler, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = (): void => {
      cancel();
      reject(signal.reason);
    };
    const cancel = scheduler.inBackground(milliseconds, () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
    signal.addEventListener('abort', stop, { once: true });
  });
}

interface Deadline {
  /** Never where it is infinite. */
  readonly afterMs: number;
  readonly reason: Error;
}

/** Gives `work` a signal that fires with the reason at the deadline, if `work` is not done by then. */
export async function withDeadline<Result>(
  scheduler: Pick<Scheduler, 'inBackground'>,
  { afterMs, reason }: Deadline,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const late = new AbortController();
  const cancel = Number.isFinite(afterMs)
    ? scheduler.inBackground(Math.max(0, afterMs), () => late.abort(reason))
    : () => {};
  try {
    return await work(late.signal);
  } finally {
    cancel();
  }
}
