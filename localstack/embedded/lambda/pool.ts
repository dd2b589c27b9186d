/**
 * The execution environments of one function. A free one takes the next job at its next turn; else the job queues, and the pool
 * grows when the oldest job has waited for a while. AWS would start another environment at once, but here a start takes 60 ms of a shared
 * processor, in which a busy one answers dozens of jobs.
 */

import type { Sandbox } from './sandbox.ts';
import type { Turn, Turns } from './turns.ts';

export const GROW_AFTER_MS = 20;

export interface Started {
  readonly sandbox: Sandbox;
  /** Set for the first job of an environment. */
  readonly init: Awaited<Sandbox['init']> | undefined;
}

export interface Pool {
  /** Runs `work` with a sandbox of its own. `work` sees a failed init as `started.init.failed`. */
  use<T>(work: (started: Started) => Promise<T>): Promise<T>;
  /** @returns the first init, or undefined where one is up already */
  warm(): Promise<Awaited<Sandbox['init']> | undefined>;
  /** Environments that are up or starting. */
  readonly size: number;
  /** Jobs that run or wait. */
  readonly load: number;
  /** Milliseconds for which the longest idle environment has been idle, when there is more than one; else 0. */
  readonly spareIdleMs: number;
  /** Ends the environment that `spareIdleMs` speaks of. */
  dropSpare(): void;
  close(): Promise<void>;
}

interface Idle extends Started {
  readonly since: number;
}

interface Job {
  readonly since: number;
  readonly take: (started: Started) => void;
  readonly refuse: (error: Error) => void;
}

export interface PoolOptions {
  start(): Promise<Sandbox>;
  /** Asked before each environment beyond the first. */
  mayGrow(size: number): boolean;
  readonly turns: Turns;
}

export function createPool({ start, mayGrow, turns }: PoolOptions): Pool {
  const members = new Map<Sandbox, Turn>();
  const idle: Idle[] = [];
  const queue: Job[] = [];
  let starting = 0;
  let running = 0;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  const size = () => members.size + starting;

  async function grow(): Promise<Awaited<Sandbox['init']>> {
    starting += 1;
    let sandbox: Sandbox;
    try {
      sandbox = await start();
    } catch (error) {
      starting -= 1;
      // Without a bundle no job can ever run.
      for (const job of queue.splice(0)) job.refuse(error as Error);
      throw error;
    }
    if (closed) {
      starting -= 1;
      await sandbox.close();
      return sandbox.init;
    }
    members.set(sandbox, turns.join());
    starting -= 1;
    const init = await sandbox.init;
    if (init.failed === undefined) {
      sandbox.onGone(() => forget(sandbox));
      release({ sandbox, init });
    } else {
      // The job that gets the bad news starts the next attempt when it ends, if others wait.
      members.delete(sandbox);
      queue.shift()?.take({ sandbox, init });
    }
    return init;
  }

  function forget(sandbox: Sandbox): void {
    members.delete(sandbox);
    const at = idle.findIndex((member) => member.sandbox === sandbox);
    if (at >= 0) idle.splice(at, 1);
    replenish();
  }

  function replenish(): void {
    if (!closed && queue.length > 0 && size() === 0) growQuietly();
  }

  /** A failed start has told the jobs already. */
  function growQuietly(): void {
    grow().catch(() => {});
  }

  function release(started: Started): void {
    if (!started.sandbox.alive) return;
    const job = queue.shift();
    if (job === undefined) idle.push({ ...started, since: performance.now() });
    else job.take(started);
  }

  /** One that waits for its turn is not busy: another one would wait as well. */
  const allBusy = () => [...members.values()].every(({ waiting }) => !waiting);

  function watchQueue(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      const oldest = queue[0];
      if (oldest === undefined) return;
      // One start at a time: the next is due only if this one did not help.
      const late = performance.now() - oldest.since >= GROW_AFTER_MS;
      if (late && starting === 0 && allBusy() && mayGrow(size())) growQuietly();
      watchQueue();
    }, GROW_AFTER_MS).unref();
  }

  function enqueue(): Promise<Started> {
    return new Promise((take, refuse) => {
      queue.push({ take, refuse, since: performance.now() });
      if (size() === 0) growQuietly();
      else watchQueue();
    });
  }

  return {
    async use(work) {
      if (closed) throw closedError();
      running += 1;
      try {
        const started = idle.pop() ?? (await enqueue());
        const turn = members.get(started.sandbox);
        await turn?.begin();
        try {
          return await work(started);
        } finally {
          turn?.end(started.sandbox.alive && queue.length > 0);
          if (started.init?.failed === undefined) release({ sandbox: started.sandbox, init: undefined });
          replenish();
        }
      } finally {
        running -= 1;
      }
    },
    async warm() {
      return size() === 0 ? grow() : undefined;
    },
    get size() {
      return size();
    },
    get load() {
      return running;
    },
    get spareIdleMs() {
      const longest = idle[0];
      return longest === undefined || members.size < 2 ? 0 : performance.now() - longest.since;
    },
    dropSpare() {
      const spare = idle.shift();
      if (spare === undefined) return;
      members.delete(spare.sandbox);
      void spare.sandbox.close();
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      for (const job of queue.splice(0)) job.refuse(closedError());
      await Promise.all([...members.keys()].map((sandbox) => sandbox.close()));
    },
  };
}

function closedError(): Error {
  return new Error('the local cloud is shutting down');
}
