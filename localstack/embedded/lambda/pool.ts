/**
 * The execution environments of one function. A free one takes the next job; else the job queues, and the pool grows when the oldest job has
 * waited for a while and a processor is free. AWS would start another environment at once, but here a start takes a shared processor, in
 * which a busy one answers several jobs.
 */

import type { Init, Sandbox } from './sandbox.ts';

const GROW_AFTER_MS = 4;
/** How often it is looked again while jobs wait. */
const LOOK_EVERY_MS = 20;

export interface Started {
  readonly sandbox: Sandbox;
  /** Set for the first job of an environment. */
  readonly init: Init | undefined;
}

export interface Pool {
  /** Runs `work` with a sandbox of its own. `work` sees a failed init as `started.init.failed`. */
  use<T>(work: (started: Started) => Promise<T>): Promise<T>;
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
  start(): Promise<Sandbox>;
  /** Environments at a time. */
  limit(): number;
  /** Whether one more would run beside the others, and not in their place. */
  hasRoom(): boolean;
}

export function createPool({ start, limit, hasRoom }: PoolOptions): Pool {
  const members = new Set<Sandbox>();
  const idle: Started[] = [];
  const queue: Job[] = [];
  let starting = 0;
  let running = 0;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  async function grow(): Promise<Init> {
    starting += 1;
    try {
      const sandbox = await start();
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
  function growQuietly(): void {
    grow().catch(() => {});
  }

  function release(started: Started): void {
    if (!started.sandbox.alive) return;
    const job = queue.shift();
    if (job === undefined) idle.push(started);
    else job.take(started);
  }

  function watchQueue(afterMs = GROW_AFTER_MS): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      const oldest = queue[0];
      if (oldest === undefined) return;
      // One start at a time: the next is due only if this one did not help.
      const late = performance.now() - oldest.since >= GROW_AFTER_MS;
      if (late && starting === 0 && members.size < limit() && hasRoom()) growQuietly();
      watchQueue(LOOK_EVERY_MS);
    }, afterMs).unref();
  }

  function enqueue(): Promise<Started> {
    return new Promise((take, refuse) => {
      queue.push({ take, refuse, since: performance.now() });
      if (members.size + starting === 0) growQuietly();
      else watchQueue();
    });
  }

  return {
    async use(work) {
      if (closed) throw closedError();
      running += 1;
      try {
        const started = idle.pop() ?? (await enqueue());
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
