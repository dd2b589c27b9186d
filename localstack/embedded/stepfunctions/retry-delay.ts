import type { Randomness } from '../ports.ts';
import type { Retrier } from './definition.ts';

/** Milliseconds before a further try, after so many retries by this retrier. */
export function retryDelayMs(retrier: Retrier, retries: number, randomness: Randomness): number {
  const { IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds = Number.POSITIVE_INFINITY } = retrier;
  const seconds = Math.min(IntervalSeconds * BackoffRate ** retries, MaxDelaySeconds);
  return seconds * 1000 * (retrier.JitterStrategy === 'FULL' ? randomness.fraction() : 1);
}
