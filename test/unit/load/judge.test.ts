import { describe, expect, it } from '@jest/globals';
import { runTypes } from '#functions/trip/run-types.ts';
import { letterProblems, outcomeProblems } from '#test/load/traffic/judge.ts';
import { mostDemoBookings, plannedBookings } from '#test/load/traffic/plan.ts';

const mix = { bookings: 12_000, failing: 0.3, flights: 10, demo: 0.1, seed: 7 };

describe('the planned bookings of a load', () => {
  it('given a mix, then has its shares, all run types and all flights, and the same for the same seed', () => {
    const planned = plannedBookings(mix);
    const failing = planned.filter(({ runType }) => runType !== 'success');

    expect(new Set(planned.map(({ runType }) => runType))).toEqual(new Set(runTypes));
    expect(new Set(planned.map(({ flight }) => flight)).size).toBe(10);
    expect(failing.length / planned.length).toBeCloseTo(0.3, 1);
    expect(planned.filter(({ route }) => route === 'demo')).toHaveLength(mostDemoBookings);
    expect(plannedBookings(mix)).toEqual(planned);
    expect(plannedBookings({ ...mix, seed: 8 })).not.toEqual(planned);
  });
});

describe('what is wrong after a load', () => {
  const headers = (status: string) => new Map([['t', { status }]]);
  const letters = (count: number) => Array.from({ length: count }, () => ({ trip_id: 't' }));

  it.each([
    ['CANCELLING', 1, false, []],
    ['CANCELLED', 0, false, []],
    ['CONFIRMED', 0, false, []],
    ['CANCELLED', 1, true, []],
    ['CANCELLING', 0, false, ['booking t: CANCELLING without a dead letter']],
    ['CANCELLING', 0, true, ['booking t: CANCELLING without a dead letter']],
    ['CANCELLING', 2, false, ['booking t: CANCELLING with 2 dead letters']],
    ['CONFIRMED', 1, false, ['booking t: CONFIRMED with 1 dead letters']],
    ['UNCONFIRMED', 0, true, ['booking t: UNCONFIRMED']],
  ])('given %s with %i letters (killed: %s), then says %j', (status, count, wasKilled, problems) => {
    expect(letterProblems(headers(status), letters(count), wasKilled)).toEqual(problems);
  });

  it('given a failing step and a confirmed booking, or an accepted one that is not there, then says so', () => {
    const [booking] = plannedBookings({ ...mix, bookings: 1 });
    const planned = (['failPayment', 'failNotification', 'success'] as const).map((runType) => ({
      ...(booking as NonNullable<typeof booking>),
      runType,
    }));

    const problems = [0, 1, 2].flatMap((index) => outcomeProblems(headers('CONFIRMED'), planned, [{ id: 't', index }]));

    expect(problems).toEqual(['booking t: CONFIRMED with run type failPayment']);
    expect(outcomeProblems(new Map(), planned, [{ id: 't', index: 2 }])).toEqual([
      'booking t was accepted, and is not there',
    ]);
  });
});
