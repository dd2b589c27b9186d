/** Which isolate an environment starts in. */

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
/** Of all environments together; their functions' own limits would add up to more than a laptop has. */
const SHARED_MEMORY_MB = 1_024;

export interface Isolates {
  /** Whether a further environment in a shared isolate would have a processor, as far as is known by now. */
  hasRoom(): boolean;
  /** @param alone in an isolate of its own */
  start(parts: Omit<SandboxParts, 'link' | 'memory'>, alone: boolean): Sandbox;
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

  const used = (isolate?: Isolate): number | undefined => (isolate?.open ? isolate.utilization : 0);

  /** A function's first environment is in the first isolate; further ones are where there is time left, or fewest of them. */
  function sharedFor(functionName: string): Isolate {
    const first = open(0);
    if (first.count(functionName) === 0 || (used(first) ?? 0) < BUSY) return first;
    const others = slots.slice(1).map(open);
    return [...others, first].reduce((best, one) => (one.count(functionName) < best.count(functionName) ? one : best));
  }

  return {
    hasRoom() {
      if (isolation !== 'shared') return true;
      const parts = slots.map((slot) => used(shared[slot]));
      return !parts.includes(undefined) && parts.some((part) => Number(part) < BUSY);
    },
    start(parts, alone) {
      if (isolation === 'shared' && !alone) return sharedFor(parts.settings.functionName).start(parts);
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
