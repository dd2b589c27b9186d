import { describe, expect, it } from '@jest/globals';
import type { Sample } from '#test/load/traffic/drive.ts';
import { fitMemory } from '#test/load/traffic/fit.ts';
import { randomOf } from '#test/support/kill-rounds/random.ts';

/** Of a process that needs 1,500 bookings to fill what it keeps; a garbage collection now and then, and noise. */
const samples = (count: number, bytesOf: (ended: number) => number, life = 0, from = 0): Sample[] => {
  const random = randomOf(1);
  return Array.from({ length: count }, (_, index) => {
    const ended = from + index * 50;
    const filling = Math.max(0, 1_500 - (ended - from)) * 50_000;
    const noise = random.chance(0.1) ? -60e6 : random.below(10e6);
    return { ms: index * 1_000, ended, life, bytes: bytesOf(ended) - filling + noise };
  });
};

describe('memory over a load', () => {
  it('given the same level but for collections and noise, then is flat', () => {
    const fit = fitMemory(samples(100, () => 400e6));

    expect(fit).toMatchObject({ isFlat: true, from: 33 });
    expect(Math.abs(fit.growth)).toBeLessThan(0.02);
  });

  it('given twenty kilobytes more a booking under the same noise, then is not flat, and says how much', () => {
    const fit = fitMemory(samples(100, (ended) => 400e6 + 20_000 * ended));

    expect(fit.isFlat).toBe(false);
    expect(fit.bytesABooking).toBeGreaterThan(15_000);
    expect(fit.bytesABooking).toBeLessThan(25_000);
  });

  it('given twenty kilobytes more a booking of which most are its data, then is flat but for that data', () => {
    const grown = samples(100, (ended) => 400e6 + 20_000 * ended);

    expect(fitMemory(grown, 18_000)).toMatchObject({ isFlat: true, dataABooking: 18_000 });
    expect(fitMemory(grown, 18_000).growth).toBeCloseTo(fitMemory(grown).growth / 10, 2);
    expect(fitMemory(grown, 5_000).isFlat).toBe(false);
  });

  it('given a kill, then looks at the last life alone', () => {
    const first = samples(100, (ended) => 100e6 + 90_000 * ended);
    const second = samples(100, () => 300e6, 1, 5_000);

    expect(fitMemory([...first, ...second])).toMatchObject({ isFlat: true, from: 133 });
  });

  it.each([
    ['none', []],
    ['those of a process that still fills what it keeps', samples(25, () => 400e6)],
    ['those of a target that is elsewhere', samples(100, () => 400e6).map((sample) => ({ ...sample, bytes: 0 }))],
  ])('given no samples but %s, then does not tell', (_, few) => {
    expect(fitMemory(few).isFlat).toBeUndefined();
  });
});
