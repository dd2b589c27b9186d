/** Bars of a small chart: a minute each. */
import type { MetricPoint } from './trouble.ts';

export interface Bar {
  readonly at: number;
  readonly sum: number;
  /** 0 to 1 of the highest. */
  readonly height: number;
}

/** Minutes without a measurement are bars without height, so that time is told truly. */
export function barsOf(points: readonly MetricPoint[], now: number, minutes = 30): Bar[] {
  const minuteMs = 60_000;
  const last = Math.floor(now / minuteMs) * minuteMs;
  const sums = new Map(points.map(({ at, sum }) => [at, sum]));
  const highest = Math.max(...sums.values(), 0);
  return Array.from({ length: minutes }, (_, index) => {
    const at = last - (minutes - 1 - index) * minuteMs;
    const sum = sums.get(at) ?? 0;
    return { at, sum, height: highest === 0 ? 0 : sum / highest };
  });
}
