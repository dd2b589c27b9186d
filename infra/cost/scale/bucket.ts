/** Tokens that come at a steady rate and are kept up to a limit, as AWS throttles. */
export interface Bucket {
  /** Lets time pass. */
  fill(seconds: number): void;
  /** How many of `wanted` there are tokens for, at `price` tokens each. */
  take(wanted: number, price?: number): number;
}

export function createBucket(aSecond: number, capacity = aSecond): Bucket {
  let tokens = capacity;
  return {
    fill(seconds) {
      tokens = Math.min(capacity, tokens + aSecond * seconds);
    },
    take(wanted, price = 1) {
      const taken = Math.min(wanted, Math.floor(tokens / price));
      tokens -= taken * price;
      return taken;
    },
  };
}
