import { describe, expect, it } from '@jest/globals';
import { mayGrow } from '#embedded/lambda/growth.ts';
import type { Pool } from '#embedded/lambda/pool.ts';

function aPool(size: number, spareIdleMs = 0): Pool & { dropped: number } {
  const pool = {
    size,
    spareIdleMs,
    load: 0,
    dropped: 0,
    dropSpare() {
      pool.dropped += 1;
    },
    use: () => Promise.reject(new Error('not used')),
    warm: async () => undefined,
    close: async () => {},
  };
  return pool;
}

describe('the number of environments', () => {
  const limits = { perFunction: 3, extra: 2 };

  it('grows up to the bound of the function', () => {
    expect(mayGrow(2, [aPool(2)], limits)).toBe(true);
    expect(mayGrow(3, [aPool(3)], limits)).toBe(false);
  });

  it('grows up to the bound that all functions share, in which the first of each does not count', () => {
    expect(mayGrow(1, [aPool(1), aPool(1), aPool(2)], limits)).toBe(true);
    expect(mayGrow(1, [aPool(1), aPool(2), aPool(2)], limits)).toBe(false);
  });

  it('takes an environment that has idled long from another function, the longest', () => {
    const [busy, idle, longest] = [aPool(1), aPool(2, 2_500), aPool(2, 9_000)];
    expect(mayGrow(1, [busy, idle, longest], limits)).toBe(true);
    expect([busy.dropped, idle.dropped, longest.dropped]).toEqual([0, 0, 1]);
  });

  it('takes none that was busy just now', () => {
    const recent = aPool(3, 100);
    expect(mayGrow(1, [aPool(1), recent], limits)).toBe(false);
    expect(recent.dropped).toBe(0);
  });
});
