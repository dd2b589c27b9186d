import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createBucket } from '#infra/cost/scale/bucket.ts';
import { seededRandom } from '#infra/cost/scale/random.ts';
import { type Capacity, type Outcome, simulate, type Workload } from '#infra/cost/scale/simulate.ts';
import { outcomeOf } from '#infra/cost/scale/table.ts';

const ample: Capacity = {
  starts: 1e6,
  transitions: 1e6,
  tableWrites: 1e6,
  partitionWrites: 1e6,
  unfinishedShards: 8,
  airportShards: 1,
  seatUnits: () => 1,
};
const workload: Workload = {
  rate: 100,
  popularShare: 0,
  popularSeats: 1000,
  airportShare: 0,
  seconds: 10,
  seed: 7,
};
const demand = { transitions: 13, writes: 40, unfinishedWrites: 4 };
const run = (capacity: Partial<Capacity>, more: Partial<Workload> = {}): Outcome =>
  simulate({ ...workload, ...more }, { ...ample, ...capacity }, demand);

describe('the simulation', () => {
  it('makes every booking where nothing binds', () => {
    const { came, booked, refused, undone, wait, turnedAway } = run({});

    expect(came).toBeGreaterThan(850);
    expect(came).toBeLessThan(1150);
    expect({ booked, refused, undone, wait, gates: [...turnedAway] }).toEqual({
      booked: came,
      refused: 0,
      undone: 0,
      wait: 0,
      gates: [],
    });
  });

  it('refuses what StartExecution does not take: a bucket of 20 and 20 a second in ten seconds', () => {
    const { came, booked, refused } = run({ starts: 20 });

    expect(booked).toBe(20 + 20 * 10 - 2);
    expect(refused).toBe(came - booked);
  });

  it('lets transitions wait: 13 a booking, and 650 a second for 50 of them', () => {
    const { came, booked, wait } = run({ transitions: 650 });

    expect(booked).toBe(came);
    // 1,000 bookings bring 13,000, of which 6,500 are done after ten seconds: the rest takes ten more.
    expect(wait).toBeGreaterThan(7);
    expect(wait).toBeLessThan(13);
  });

  it('sells a popular flight as fast as its partition takes it, and never a seat too many', () => {
    const slow = run({ partitionWrites: 1000, seatUnits: () => 100 }, { popularShare: 1 });
    const small = run({}, { popularShare: 1, popularSeats: 30 });

    // Ten a second and a bucket of ten.
    expect(slow.booked).toBeGreaterThanOrEqual(100);
    expect(slow.booked).toBeLessThanOrEqual(110);
    expect([...slow.turnedAway.keys()]).toEqual(["the flight's partition"]);
    expect(small).toMatchObject({ booked: 30, soldOut: small.came - 30 });
  });

  it('names the partition that all unfinished bookings share, and that of an airport', () => {
    expect([...run({ partitionWrites: 40 }).turnedAway.keys()]).toEqual(['the index of unfinished bookings']);
    const airport = run({ partitionWrites: 60, unfinishedShards: 100 }, { airportShare: 1 });
    expect([...airport.turnedAway.keys()]).toEqual(["the airport's partition of the catalog"]);
  });

  it('loses no booking, whichever quota binds', () => {
    const upTo = (max: number) => fc.integer({ min: 1, max });
    fc.assert(
      fc.property(
        fc.record({
          starts: upTo(300),
          tableWrites: upTo(9000),
          partitionWrites: upTo(900),
          unfinishedShards: upTo(9),
        }),
        fc.record({ rate: upTo(400), popularShare: fc.double({ min: 0, max: 1, noNaN: true }), seed: upTo(1e6) }),
        (capacity, load) => {
          const { came, booked, refused, undone, soldOut } = run(capacity, load);
          expect(booked + refused + undone + soldOut).toBe(came);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is the same for the same seed', () => {
    expect(run({ starts: 90 })).toEqual(run({ starts: 90 }));
    expect(run({}, { seed: 8 }).came).not.toBe(run({}).came);
  });
});

describe('cells', () => {
  it('each take their part, and one has the popular flight', () => {
    const alone = outcomeOf(1000, { name: 'alone', cells: 1, capacity: { ...ample, starts: 100 } }, demand);
    const ten = outcomeOf(1000, { name: 'ten', cells: 10, capacity: { ...ample, starts: 100 } }, demand);

    // A hundred a second each, and in the mean no more come, but to the one with the flight.
    expect(alone.booked / alone.came).toBeLessThan(0.15);
    expect(ten.booked / ten.came).toBeGreaterThan(0.9);
    expect(ten.refused).toBeGreaterThan(0);
  });
});

it('a bucket is no fuller than it can be, and gives whole portions', () => {
  const bucket = createBucket(10, 20);
  bucket.fill(100);

  expect(bucket.take(30)).toBe(20);
  expect(bucket.take(1)).toBe(0);
  bucket.fill(1);
  expect(bucket.take(9, 4)).toBe(2);
  expect(bucket.take(9, 2)).toBe(1);
});

it('arrivals have the mean that is expected, few or many', () => {
  const random = seededRandom(3);
  const meanOf = (expected: number) =>
    Array.from({ length: 4000 }, () => random.poisson(expected)).reduce((sum, count) => sum + count, 0) / 4000;

  expect(meanOf(0.5)).toBeCloseTo(0.5, 1);
  expect(meanOf(200) / 200).toBeCloseTo(1, 2);
  expect(random.poisson(0)).toBe(0);
});
