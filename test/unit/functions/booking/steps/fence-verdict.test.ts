import { describe, expect, it } from '@jest/globals';
import { customerOf, fenceVerdict, makesRoomFor } from '#functions/booking/steps/fence-verdict.ts';
import { runOf } from '#functions/booking/steps/refused-header.ts';
import { keptRunOf } from '#functions/trip/kept-run.ts';
import { anotherRunOf, aTrip } from '#test/support/trips.ts';

const trip = aTrip();
/** A header of the trip's first run. */
const aHeader = {
  execution_id: trip.execution_id,
  status: 'CANCELLED',
  startedAt: `${trip.started_at}#${trip.execution_id}`,
  customer: trip.customer,
} as const;
const rebooking = anotherRunOf(trip);

describe('a cancelled header', () => {
  it('makes room for another run of its customer that started later', () => {
    expect(makesRoomFor(rebooking, aHeader)).toBe(true);
  });

  it('makes room where an older release has noted no start', () => {
    expect(makesRoomFor(rebooking, { ...aHeader, startedAt: undefined } as never)).toBe(true);
  });

  it('makes none for its own run, whatever start that tells', () => {
    expect(makesRoomFor({ ...trip, started_at: rebooking.started_at }, aHeader)).toBe(false);
  });
});

describe('the customer of a run', () => {
  it.each([{}, { customer: undefined }, { customer: '' }])('given %j, then is unknown: no index admits less', (run) => {
    expect(customerOf(run)).toBe('unknown');
  });
});

describe('the fence', () => {
  it.each(['UNCONFIRMED', 'CANCELLING'] as const)(
    'given a header of its own that is %s and refused it all the same, then finds another flight or token',
    (status) => {
      expect(fenceVerdict(trip, { ...aHeader, status }, { mayUndoConfirmed: false })).toBe('not its flight or token');
    },
  );
});

describe('the run of a header', () => {
  const header = {
    ...aHeader,
    id: trip.trip_id,
    outboundFlightId: trip.outbound_flight_id,
    paymentToken: trip.payment_token,
  };

  it('is the input that it was opened with', () => {
    expect(runOf({ ...header, run: keptRunOf(trip) })).toEqual(trip);
  });

  it('is what the header itself tells, where an older release kept no more', () => {
    const { trip_id, execution_id, started_at, outbound_flight_id, payment_token, customer } = trip;
    expect(runOf(header)).toEqual({ trip_id, execution_id, started_at, outbound_flight_id, payment_token, customer });
  });
});
