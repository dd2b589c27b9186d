/**
 * How many environments there may be. Each function has one as soon as it is called; more are shared out among all functions, since
 * a worker holds about 28 MB, only the processors' number of them runs at a time, and code that is spread over many gets warm slowly.
 */

import type { Pool } from './pool.ts';

/** An environment that idled for so long may go to another function; less would make hot functions take them from each other. */
const SPARE_AFTER_MS = 2_000;

export interface GrowthLimits {
  readonly perFunction: number;
  /** Beyond the first of each function, over all functions. */
  readonly extra: number;
}

/** @returns whether one more may start for a function that has `size`; makes room by ending a spare one */
export function mayGrow(size: number, pools: readonly Pool[], { perFunction, extra }: GrowthLimits): boolean {
  if (size >= perFunction) return false;
  const used = pools.reduce((sum, pool) => sum + Math.max(0, pool.size - 1), 0);
  if (used < extra) return true;
  const spare = pools.reduce((best, pool) => (pool.spareIdleMs > best.spareIdleMs ? pool : best));
  if (spare.spareIdleMs < SPARE_AFTER_MS) return false;
  spare.dropSpare();
  return true;
}
