import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadFailure } from './contract.ts';
import type { FunctionRuntime } from './function-runtime.ts';
import { LoadError } from './load-error.ts';

/** How often it is looked whether requests still wait. */
const YIELD_MS = 10;

/**
 * As many at a time as there are processors: more would only make each init slower, and an init has a time limit.
 * @param isBusy whether requests are under way: what they need goes first
 * @returns why, for each function that cannot be loaded
 */
export async function warmAll(
  runtimes: readonly FunctionRuntime[],
  isBusy: () => boolean = () => false,
): Promise<ReadonlyMap<FunctionRuntime, LoadFailure>> {
  const rest = [...runtimes];
  const failures = new Map<FunctionRuntime, LoadFailure>();
  async function lane(): Promise<void> {
    for (let runtime = rest.shift(); runtime !== undefined; runtime = rest.shift()) {
      while (isBusy()) await sleep(YIELD_MS);
      const failed = await failureOf(runtime);
      if (failed !== undefined) failures.set(runtime, failed);
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  return failures;
}

async function failureOf(runtime: FunctionRuntime): Promise<LoadFailure | undefined> {
  try {
    await runtime.warm();
    return undefined;
  } catch (error) {
    if (error instanceof LoadError) return error.failure;
    const { name: functionName, zip } = runtime.settings;
    return { functionName, zip, reason: (error as Error).message, stack: [] };
  }
}
