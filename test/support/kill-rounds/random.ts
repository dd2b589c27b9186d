import { createVirtualTime } from '#embedded/testing.ts';

/** Numbers that look random and are the same for the same seed, so that a series of rounds can be run again. */
export interface Random {
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number;
  one<Value>(values: readonly Value[]): Value;
  /** So many different ones, or all where there are fewer. */
  some<Value>(values: readonly Value[], count: number): Value[];
  chance(probability: number): boolean;
}

export function randomOf(seed: number): Random {
  const { fraction } = createVirtualTime({ seed }).randomness;
  const below = (limit: number): number => Math.floor(fraction() * limit);
  return {
    below,
    one: (values) => values[below(values.length)] as (typeof values)[number],
    some(values, count) {
      const rest = [...values];
      return Array.from({ length: Math.min(count, rest.length) }, () => rest.splice(below(rest.length), 1)).flat();
    },
    chance: (probability) => fraction() < probability,
  };
}
