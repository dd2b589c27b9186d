/** Which isolate an environment starts in. */

import { availableParallelism } from 'node:os';
import { type Isolate, type IsolateOptions, startIsolate } from './isolate.ts';
import type { Sandbox, SandboxParts } from './sandbox.ts';

/**
 * `shared`: environments of all functions in one isolate, and in a second one while the first is busy. `function`: each has an isolate of
 * its own, with the memory limit of its function.
 */
export type Isolation = 'shared' | 'function';

/** One for each processor of a small machine. The libraries' code is loaded, and optimized by V8, in each anew. */
const SHARED_ISOLATES = 2;
/** The part of its time from which on an isolate is busy: a further environment there would not make anything quicker. */
const BUSY = 0.8;
/** The main thread needs one, too: threads that wait for a processor count as using one. */
const PROCESSORS = Math.max(2, availableParallelism());
/** So much of a processor has to be left for a further environment. */
const LEFT = 0.2;
/** Of all environments together; their functions' own limits would add up to more than a laptop has. */
const SHARED_MEMORY_MB = 1_024;

export interface Isolates {
  /** @returns what names a shared isolate that had time left since this call; undefined where all were busy */
  watch(): () => number | undefined;
  /** @param slot the shared isolate that it starts in; undefined for one of its own */
  start(parts: Omit<SandboxParts, 'link' | 'memory'>, slot: number | undefined): Sandbox;
  close(): Promise<void>;
}

export function createIsolates(isolation: Isolation, options: Omit<IsolateOptions, 'memoryMb'>): Isolates {
  const running = new Set<Isolate>();
  const shared: Isolate[] = [];
  const slots = Array.from({ length: SHARED_ISOLATES }, (_, slot) => slot);

  function start(memoryMb: number): Isolate {
    const isolate = startIsolate({ ...options, memoryMb });
    running.add(isolate);
    isolate.onGone(() => running.delete(isolate));
    return isolate;
  }

  function open(slot: number): Isolate {
    const isolate = shared[slot]?.open ? shared[slot] : start(SHARED_MEMORY_MB);
    shared[slot] = isolate;
    return isolate;
  }

  return {
    watch() {
      const parts = slots.map((slot) => (shared[slot]?.open ? shared[slot].watch() : () => 0));
      const from = performance.eventLoopUtilization();
      return () => {
        const used = parts.map((part) => part());
        const all = used.reduce((sum, part) => sum + part, performance.eventLoopUtilization(from).utilization);
        return all > PROCESSORS - LEFT ? undefined : slots.find((slot) => Number(used[slot]) < BUSY);
      };
    },
    start(parts, slot) {
      if (isolation === 'shared' && slot !== undefined) return open(slot).start(parts);
      const isolate = start(parts.settings.memoryMb);
      const sandbox = isolate.start(parts);
      sandbox.onGone(() => isolate.retire());
      return sandbox;
    },
    async close() {
      await Promise.all([...running].map((isolate) => isolate.close()));
    },
  };
}
