/** Random numbers that a seed decides: the same seed gives the same run. */
export interface Random {
  /** How many events come where so many are expected. */
  poisson(expected: number): number;
}

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  /** Mulberry32: plenty for arrivals. */
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** Of mean 0 and deviation 1, by Box and Muller. */
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - fraction())) * Math.cos(2 * Math.PI * fraction());
  return {
    poisson(expected) {
      // Above, the normal distribution comes near enough.
      if (expected > 30) return Math.max(0, Math.round(expected + Math.sqrt(expected) * normal()));
      const limit = Math.exp(-expected);
      let count = 0;
      for (let product = fraction(); product > limit; product *= fraction()) count += 1;
      return count;
    },
  };
}
