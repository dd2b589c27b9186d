/** Which isolate an environment starts in. */

import { type Isolate, type IsolateOptions, startIsolate } from './isolate.ts';
import type { Sandbox, SandboxParts } from './sandbox.ts';

/**
 * `shared`: environments of all functions in two isolates, one for each processor of a small machine. `function`: each has an isolate of
 * its own, with the memory limit of its function.
 */
export type Isolation = 'shared' | 'function';

const SHARED_ISOLATES = 2;
/** Of all environments together; their functions' own limits would add up to more than a laptop has. */
const SHARED_MEMORY_MB = 1_024;

export interface Isolates {
  /** @param alone in an isolate of its own */
  start(parts: Omit<SandboxParts, 'link' | 'memory'>, alone: boolean): Sandbox;
  close(): Promise<void>;
}

export function createIsolates(isolation: Isolation, options: Omit<IsolateOptions, 'memoryMb'>): Isolates {
  const running = new Set<Isolate>();
  const shared: Isolate[] = [];

  function start(memoryMb: number): Isolate {
    const isolate = startIsolate({ ...options, memoryMb });
    running.add(isolate);
    isolate.onGone(() => running.delete(isolate));
    return isolate;
  }

  /** One with the fewest environments of the function, so that they run at the same time; of those, the one with the fewest in all. */
  function sharedFor(functionName: string): Isolate {
    for (let slot = 0; slot < SHARED_ISOLATES; slot++) {
      if (shared[slot]?.open !== true) shared[slot] = start(SHARED_MEMORY_MB);
    }
    return shared.reduce((best, one) => {
      const difference = one.count(functionName) - best.count(functionName);
      return difference < 0 || (difference === 0 && one.count() < best.count()) ? one : best;
    });
  }

  return {
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
