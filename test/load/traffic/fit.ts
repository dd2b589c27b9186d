import type { Sample } from './drive.ts';

export interface Fit {
  /** Whether the memory grew by less than `mostGrowth` over the window, beside its data; undefined where there are too few samples to tell. */
  readonly isFlat: boolean | undefined;
  readonly samples: number;
  /** At the window's begin, by the fitted line. */
  readonly bytes: number;
  readonly bytesABooking: number;
  /** Of these, what the target keeps since it was asked to. */
  readonly dataABooking: number;
  /** Over the window, without that data, as a share of `bytes`. */
  readonly growth: number;
  /** Index of the window's first sample. */
  readonly from: number;
}

/** Code is compiled and caches fill while a process is new. */
const settling = 1 / 3;
/** The local cloud keeps its last thousand executions and ten thousand observations, so memory grows until they are reached. */
const settlingBookings = 1_500;
const fewest = 20;
export const mostGrowth = 0.1;

/**
 * A line through the memory of the target's last life, over the bookings that have ended, without the time in which a process settles. The slope
 * is the median of the slopes of all pairs of samples (Theil and Sen), so that a garbage collection more or less does not turn it.
 * @param dataABooking bytes of memory that a booking's items take
 */
export function fitMemory(samples: readonly Sample[], dataABooking = 0): Fit {
  const life = samples.at(-1)?.life;
  const first = samples.findIndex((sample) => sample.life === life);
  const filled = samples.findIndex(
    ({ ended }, index) => index >= first && ended >= (samples[first]?.ended ?? 0) + settlingBookings,
  );
  const settled = first + Math.floor((samples.length - first) * settling);
  const from = Math.max(settled, filled === -1 ? samples.length : filled);
  const window = samples.slice(from).filter(({ bytes }) => bytes > 0);
  const slopes = window.flatMap((a, index) =>
    window.slice(index + 1).flatMap((b) => (b.ended === a.ended ? [] : [(b.bytes - a.bytes) / (b.ended - a.ended)])),
  );
  const begin = window[0]?.ended ?? 0;
  const bytesABooking = median(slopes);
  const bytes = median(window.map((sample) => sample.bytes - bytesABooking * (sample.ended - begin)));
  const growth = ((bytesABooking - dataABooking) * ((window.at(-1)?.ended ?? 0) - begin)) / bytes;
  const isFlat = window.length < fewest || slopes.length === 0 ? undefined : growth <= mostGrowth;
  return { isFlat, samples: window.length, bytes, bytesABooking, dataABooking, growth, from };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
