import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CompensationInput } from '#functions/trip/run-input.ts';
import { cancelRunInput, executionIdPattern, FenceOutcome, tripIdOf } from '#schema/saga-input.ts';
import { aCancelOf, aFlightAlone, anExecutionId, aTrip } from '#test/support/trips.ts';
import { accepts, mandatory } from './input-checks.ts';

describe('input of a compensation', () => {
  it('accepts every input of a booking run, and of its cancel runs', () => {
    for (const run of [aTrip(), aFlightAlone(), aCancelOf(aTrip()), aCancelOf(aTrip(), 'redrive')]) {
      expect(accepts(CompensationInput, run)).toBe(true);
    }
  });

  it.each(
    mandatory.filter((field) => !['trip_id', 'execution_id', 'started_at', 'outbound_flight_id'].includes(field)),
  )('is accepted without %s, which a forward step refused', (field) => {
    expect(accepts(CompensationInput, aTrip({ [field]: undefined }))).toBe(true);
  });

  it('is accepted with half a leg, which a forward step refused', () => {
    expect(accepts(CompensationInput, aTrip({ check_in: undefined }))).toBe(true);
  });

  it.each(['trip_id', 'execution_id', 'started_at', 'outbound_flight_id'] as const)(
    'is refused without %s',
    (field) => {
      expect(accepts(CompensationInput, { ...aTrip(), [field]: undefined })).toBe(false);
    },
  );

  it.each([
    ['action', 'book'],
    ['cause', 'whim'],
    ['redrive_count', -1],
    ['redrive_count', 1.5],
  ])('is refused with %s %p', (field, value) => {
    expect(accepts(CompensationInput, { ...aCancelOf(aTrip()), [field]: value })).toBe(false);
  });
});

describe('execution ids', () => {
  it('leave room for the longest suffix in the 80 characters of an execution name', () => {
    const longest = (length: number): string => `${'t'.repeat(50)}.${'s'.repeat(length)}`;
    const accepted = Array.from({ length: 60 }, (_, index) => longest(index + 1)).filter((id) =>
      executionIdPattern.test(id),
    );
    // Dead letters may be redriven up to `.redrive-99`.
    expect(Math.max(...accepted.map((id) => `${id}.redrive-99`.length))).toBe(80);
  });

  it('name their trip', () => {
    expect(tripIdOf('trip-1.0123abcd')).toBe('trip-1');
    expect(tripIdOf('trip-1.0123abcd.redrive-2')).toBe('trip-1');
    expect(tripIdOf('trip-1')).toBe('trip-1');
    fc.assert(
      fc.property(fc.stringMatching(executionIdPattern), (id) => {
        expect(id.startsWith(`${tripIdOf(id)}.`)).toBe(true);
      }),
    );
  });

  it.each(['#t.a', 't.a#', 't', '.a', 't.', 't.a.b'])('are not %s', (id) => {
    expect(id).not.toMatch(executionIdPattern);
  });

  it('are accepted as tests make them', () => {
    expect(anExecutionId()).toMatch(executionIdPattern);
  });
});

describe('cancelRunInput', () => {
  it("adds action and cause to the booking run's own input", () => {
    const trip = aTrip();
    expect(cancelRunInput(trip, 'customer')).toStrictEqual({ ...trip, action: 'cancel', cause: 'customer' });
  });

  it('counts redrives', () => {
    expect(cancelRunInput(aTrip(), 'redrive', 3)).toMatchObject({ cause: 'redrive', redrive_count: 3 });
  });

  it('leaves out an earlier run’s notes: errors, fence, failed layers', () => {
    const trip = aTrip();
    const stale = {
      ...trip,
      TakePaymentError: { Error: 'PaymentDeclinedError', Cause: '' },
      ReserveSeatError: { Error: 'x', Cause: '' },
      fence: { fenced: false },
      failedLayers: { RefundPayment: {} },
    };
    expect(cancelRunInput(stale, 'redrive', 1)).toEqual(cancelRunInput(trip, 'redrive', 1));
  });

  it('replaces action, cause and count of an earlier cancel run', () => {
    const trip = aTrip();
    const earlier = cancelRunInput(trip, 'redrive', 1);
    expect(cancelRunInput(earlier, 'customer', 2)).toEqual({
      ...trip,
      action: 'cancel',
      cause: 'customer',
      redrive_count: 2,
    });
  });

  it('makes an input that the compensations accept', () => {
    expect(accepts(CompensationInput, cancelRunInput(aFlightAlone(), 'redrive', 5))).toBe(true);
  });
});

describe('FenceOutcome', () => {
  it('says whether the booking is fenced, and nothing else will do', () => {
    expect(accepts(FenceOutcome, { fenced: false })).toBe(true);
    expect(accepts(FenceOutcome, {})).toBe(false);
    expect(accepts(FenceOutcome, { fenced: 'yes' })).toBe(false);
  });

  it.each([
    ['CONFIRMED', true],
    ['CANCELLED', true],
    ['UNCONFIRMED', false],
    ['CANCELLING', false],
  ])('says that its own booking has ended as %s: %s', (ownStatus, accepted) => {
    expect(accepts(FenceOutcome, { fenced: false, ownStatus })).toBe(accepted);
  });
});
