/** Numbers that look random and are the same for the same seed, so that a series of rounds can be run again. */
export interface Random {
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number;
  one<Value>(values: readonly Value[]): Value;
  /** So many different ones, or all where there are fewer. */
  some<Value>(values: readonly Value[], count: number): Value[];
  chance(probability: number): boolean;
}

/** Mulberry32: 32 bits of state, good enough to choose moments and requests. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    one: (values) => values[below(values.length)] as (typeof values)[number],
    some(values, count) {
      const rest = [...values];
      return Array.from({ length: Math.min(count, rest.length) }, () => rest.splice(below(rest.length), 1)).flat();
    },
    chance: (probability) => next() < probability,
  };
}
