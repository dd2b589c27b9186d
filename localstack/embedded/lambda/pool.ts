/**
 * The execution environments of one function. A free one takes the next job; else the job queues, and the pool grows when the oldest job has
 * waited for a while and a processor is free. AWS would start another environment at once, but here a start takes a shared processor, in
 * which a busy one answers several jobs. A job leaves the queue with its caller: on AWS it would have begun, or been refused, at once.
 */

import type { Init, Sandbox } from './sandbox.ts';

const GROW_AFTER_MS = 4;
/** How often it is looked again while jobs wait. */
const LOOK_EVERY_MS = 20;
/** One start at a time, unless it takes longer: code that began meanwhile may hold its thread. */
const SLOW_START_MS = 200;

export interface Started {
  readonly sandbox: Sandbox;
  /** Set for the first job of an environment. */
  readonly init: Init | undefined;
}

export interface Pool {
  /**
   * Runs `work` with a sandbox of its own. `work` sees a failed init as `started.init.failed`.
   * @param signal of a caller that may give up: `work` that has not begun by then never does, and the signal's reason is thrown
   */
  use<T>(work: (started: Started) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** @returns the first init, or undefined where one is up already */
  warm(): Promise<Init | undefined>;
  /** Jobs that run or wait. */
  readonly load: number;
  close(): void;
}

interface Job {
  readonly since: number;
  readonly take: (started: Started) => void;
  readonly refuse: (error: Error) => void;
}

export interface PoolOptions {
  /** @param place as `watch` names it; the first one without */
  start(place?: number): Promise<Sandbox>;
  /** Environments at a time. */
  limit(): number;
  /** @returns what names a place where one more would run beside the others, and not in their stead, as far as was seen since this call */
  watch(): () => number | undefined;
}

export function createPool({ start, limit, watch }: PoolOptions): Pool {
  const members = new Set<Sandbox>();
  const idle: Started[] = [];
  const queue: Job[] = [];
  let starting = 0;
  let startedAt = Number.NEGATIVE_INFINITY;
  let running = 0;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  async function grow(place?: number): Promise<Init> {
    starting += 1;
    startedAt = performance.now();
    try {
      const sandbox = await start(place);
      if (closed) sandbox.close();
      else members.add(sandbox);
      const init = await sandbox.init;
      if (init.failed === undefined) {
        sandbox.onGone(() => forget(sandbox));
        release({ sandbox, init });
      } else {
        members.delete(sandbox);
        // The job that gets the bad news starts the next attempt when it ends, if others wait.
        queue.shift()?.take({ sandbox, init });
      }
      return init;
    } catch (error) {
      // Without a bundle no job can ever run.
      for (const job of queue.splice(0)) job.refuse(error as Error);
      throw error;
    } finally {
      starting -= 1;
      replenish();
    }
  }

  function forget(sandbox: Sandbox): void {
    members.delete(sandbox);
    const at = idle.findIndex((member) => member.sandbox === sandbox);
    if (at >= 0) idle.splice(at, 1);
    replenish();
  }

  function replenish(): void {
    if (!closed && queue.length > 0 && members.size + starting === 0) growQuietly();
  }

  /** A failed start has told the jobs already. */
  function growQuietly(place?: number): void {
    grow(place).catch(() => {});
  }

  function release(started: Started): void {
    if (!started.sandbox.alive) return;
    const job = queue.shift();
    if (job === undefined) idle.push(started);
    else job.take(started);
  }

  function watchQueue(afterMs = GROW_AFTER_MS): void {
    if (timer !== undefined) return;
    const placeWithTime = watch();
    timer = setTimeout(() => {
      timer = undefined;
      const oldest = queue[0];
      if (oldest === undefined) return;
      const now = performance.now();
      const isLate = now - oldest.since >= GROW_AFTER_MS;
      const mayStart = (starting === 0 || now - startedAt >= SLOW_START_MS) && members.size < limit();
      const place = isLate && mayStart ? placeWithTime() : undefined;
      if (place !== undefined) growQuietly(place);
      watchQueue(LOOK_EVERY_MS);
    }, afterMs).unref();
  }

  function enqueue(signal: AbortSignal | undefined): Promise<Started> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        queue.splice(queue.indexOf(job), 1);
        reject(signal?.reason);
      };
      const settled = (settle: () => void): void => {
        signal?.removeEventListener('abort', leave);
        settle();
      };
      const job: Job = {
        since: performance.now(),
        take: (started) => settled(() => resolve(started)),
        refuse: (error) => settled(() => reject(error)),
      };
      queue.push(job);
      signal?.addEventListener('abort', leave, { once: true });
      if (members.size + starting === 0) growQuietly();
      else watchQueue();
    });
  }

  return {
    async use(work, signal) {
      if (closed) throw closedError();
      signal?.throwIfAborted();
      running += 1;
      try {
        const started = idle.pop() ?? (await enqueue(signal));
        try {
          return await work(started);
        } finally {
          if (started.init?.failed === undefined) release({ sandbox: started.sandbox, init: undefined });
          replenish();
        }
      } finally {
        running -= 1;
      }
    },
    async warm() {
      return members.size + starting === 0 ? grow() : undefined;
    },
    get load() {
      return running;
    },
    close() {
      closed = true;
      clearTimeout(timer);
      for (const job of queue.splice(0)) job.refuse(closedError());
      for (const sandbox of [...members]) sandbox.close();
    },
  };
}

function closedError(): Error {
  return new Error('the local cloud is shutting down');
}
