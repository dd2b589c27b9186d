import { describe, expect, it } from '@jest/globals';
import { callsOf } from '#test/support/recording.ts';
import { anExecutionId, aTrip } from '#test/support/trips.ts';
import { aReconciler, headerOf, now, trip } from './a-reconciler.ts';

describe('a header that differs from its index entry', () => {
  it.each([
    ['is gone', []],
    ['is finished by now', [headerOf(trip, { status: 'CANCELLED', isUnfinished: false })]],
    ['has changed by now', [headerOf(trip, { updatedAt: now })]],
  ])('and %s is left alone', async (_, headers) => {
    const { run, names } = aReconciler({ headers, indexed: [trip.trip_id] });
    await expect(run()).resolves.toMatchObject({ redriven: 0 });
    expect(names()).toEqual([]);
  });

  it('and is of another run by now decides', async () => {
    const again = aTrip({ trip_id: trip.trip_id, execution_id: anExecutionId(trip.trip_id) });
    const { run, names } = aReconciler({ headers: [headerOf(again)] });
    await run();
    expect(names()).toEqual([`${again.execution_id}.rr-1`]);
  });
});

describe('a booking that can not be redriven', () => {
  it('does not stop the others, and is reported at the end', async () => {
    const [broken, other] = [aTrip(), aTrip()];
    const { run, names } = aReconciler({
      headers: [headerOf(broken), headerOf(other)],
      saga: (machine) => ({
        start: async (name, input) => {
          if (name.startsWith(broken.execution_id)) throw new Error('refused');
          return machine.start(name, input);
        },
      }),
    });
    await expect(run()).rejects.toThrow(`Booking ${broken.trip_id}: refused`);
    expect(names()).toEqual([`${other.execution_id}.rr-1`]);
  });

  it('is reported with all others like it', async () => {
    const broken = [aTrip(), aTrip()];
    const { run } = aReconciler({
      headers: broken.map((one) => headerOf(one)),
      saga: () => ({ start: () => Promise.reject(new Error('refused')) }),
    });
    const [one, other] = broken.map(({ trip_id }) => `Booking ${trip_id}: refused`);
    await expect(run()).rejects.toThrow(`: ${one}; ${other}`);
  });

  it('for a quota that is used up is left to the next run, with all the others', async () => {
    const { run, calls, warnings } = aReconciler({
      headers: [headerOf(aTrip()), headerOf(aTrip()), headerOf(aTrip())],
      saga: () => ({ start: () => Promise.reject(Object.assign(new Error('slow'), { name: 'ThrottlingException' })) }),
    });
    await expect(run()).resolves.toEqual({ stuckBookings: 3, redriven: 0, left: 3 });
    expect(callsOf(calls).filter((call) => call === 'saga.start')).toHaveLength(1);
    expect(warnings).toEqual([expect.stringContaining('3 bookings are left')]);
  });
});

describe('more bookings than there is time for', () => {
  it.each([
    [0, [0, 1]],
    [0.5, [2, 3]],
    [0.99, [3, 0]],
  ])('are left to the next run, which begins elsewhere (%s)', async (random, expected) => {
    const trips = Array.from({ length: 4 }, () => aTrip());
    let looks = 0;
    const { run, names } = aReconciler({
      headers: trips.map((one) => headerOf(one)),
      msLeft: () => (looks++ < 2 ? 60_000 : 1_000),
      random,
    });
    await expect(run()).resolves.toEqual({ stuckBookings: 4, redriven: 2, left: 2 });
    expect(names()).toEqual(expected.map((index) => `${trips[index]?.execution_id}.rr-1`));
  });
});
