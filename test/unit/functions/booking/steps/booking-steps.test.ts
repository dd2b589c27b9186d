import { describe, expect, it } from '@jest/globals';
import {
  cancelBooking,
  closeBooking,
  confirmBooking,
  type FenceDependencies,
  reserveBooking,
} from '#functions/booking/steps/booking-steps.ts';
import { BookingAlreadyExistsError, BookingNotFencedError } from '#functions/booking/steps/header-errors.ts';
import { bookingReferenceOf } from '#functions/shared/saga/derived-ids.ts';
import { BookingNotOpenError } from '#functions/shared/saga/reservation-errors.ts';
import { memoryBookings } from '#test/support/memory-bookings.ts';
import { type Recorded, recorded } from '#test/support/recording.ts';
import { aCancelOf, anotherRunOf, aTrip } from '#test/support/trips.ts';

const now = '2026-03-01T10:00:00.500Z';

const bookingStepPorts = (failing: Record<string, Error> = {}, flightIds: readonly string[] = []) => {
  const bookings = memoryBookings();
  const counted: string[] = [];
  const calls: Recorded[] = [];
  const deps: FenceDependencies = {
    flights: { exists: async (id) => flightIds.includes(id) },
    headers: recorded('headers', bookings.headers, calls, failing),
    count: (metric) => counted.push(metric),
    now: () => now,
  };
  const statusOf = (trip: { trip_id: string }) => bookings.headerOf.get(trip.trip_id)?.status;
  return { ...bookings, deps, counted, calls, statusOf };
};

describe('reserving a booking', () => {
  it('opens the header with what the trip says, at the time of the clock, and counts it', async () => {
    const { deps, counted, calls } = bookingStepPorts();
    const trip = aTrip();
    await reserveBooking({ ...trip, opened_at: '2026-03-01T10:00:00.123Z' }, deps);
    expect(calls[0]?.arguments).toEqual([
      {
        trip_id: trip.trip_id,
        execution_id: trip.execution_id,
        started_at: trip.started_at,
        customer: 'alice',
        outboundFlightId: trip.outbound_flight_id,
        paymentToken: trip.payment_token,
        openedAt: '2026-03-01T10:00:00.123Z',
        run: {
          hotel: trip.hotel,
          check_in: trip.check_in,
          check_out: trip.check_out,
          depart: trip.depart,
          depart_at: trip.depart_at,
          arrive: trip.arrive,
          arrive_at: trip.arrive_at,
          rental: trip.rental,
          rental_from: trip.rental_from,
          rental_to: trip.rental_to,
          amount: '450.00',
          currency: 'USD',
        },
      },
      now,
    ]);
    expect(counted).toEqual(['SuccessfulReservation']);
  });

  it('counts a refusal and passes it on', async () => {
    const { deps, counted } = bookingStepPorts();
    const trip = aTrip();
    await reserveBooking(trip, deps);
    await expect(reserveBooking(anotherRunOf(trip), deps)).rejects.toThrow(BookingAlreadyExistsError);
    expect(counted).toEqual(['SuccessfulReservation', 'FailedReservation']);
  });
});

describe('confirming a booking', () => {
  it('commits it under the reference that every step names, and counts it', async () => {
    const { deps, counted, headerOf } = bookingStepPorts();
    const trip = aTrip();
    await reserveBooking(trip, deps);
    await confirmBooking(trip, deps);
    expect(headerOf.get(trip.trip_id)).toMatchObject({
      status: 'CONFIRMED',
      bookingReference: bookingReferenceOf(trip.execution_id),
    });
    expect(counted).toContain('SuccessfulBooking');
  });

  it('does not count a booking that is not open', async () => {
    const { deps, counted } = bookingStepPorts();
    await expect(confirmBooking(aTrip(), deps)).rejects.toThrow(BookingNotOpenError);
    expect(counted).toEqual([]);
  });
});

describe('cancelling a booking', () => {
  const aConfirmedTrip = async () => {
    const ports = bookingStepPorts();
    const trip = aTrip();
    await reserveBooking(trip, ports.deps);
    await confirmBooking(trip, ports.deps);
    return { ...ports, trip };
  };

  it("undoes a confirmed one for the run's own compensation where its commit failed: that outcome is unknown", async () => {
    const { deps, trip, statusOf } = await aConfirmedTrip();
    const run = { ...trip, ConfirmBookingError: { Error: 'States.Timeout', Cause: '' } };
    await expect(cancelBooking(run, deps)).resolves.toEqual({ fenced: true });
    expect(statusOf(trip)).toBe('CANCELLING');
  });

  it.each(['ReserveBookingError', 'ReserveHotelError', 'ConfirmRentalError'])(
    "leaves a confirmed one to a run with %s: it is an earlier run's of its name",
    async (error) => {
      const { deps, trip, statusOf } = await aConfirmedTrip();
      const run = { ...trip, [error]: { Error: 'Lambda.Unknown', Cause: '' } };
      await expect(cancelBooking(run, deps)).resolves.toEqual({ fenced: false, ownStatus: 'CONFIRMED' });
      expect(statusOf(trip)).toBe('CONFIRMED');
    },
  );

  it('tells a missing flight from a full one', async () => {
    const refused = { ReserveSeatError: { Error: 'DynamoDB.ConditionalCheckFailedException', Cause: 'x' } };
    const [full, missing] = [aTrip({ outbound_flight_id: 'full' }), aTrip({ outbound_flight_id: 'missing' })];
    const { deps, headerOf } = bookingStepPorts({}, ['full']);
    for (const trip of [full, missing]) await cancelBooking({ ...trip, ...refused }, deps);
    expect(headerOf.get(full.trip_id)?.failureReason).toMatch(/the flight has no free seat$/);
    expect(headerOf.get(missing.trip_id)?.failureReason).toMatch(/: there is no such flight$/);
  });

  it('fences a booking all the same where the flight cannot be looked at', async () => {
    const trip = aTrip();
    const { deps, headerOf } = bookingStepPorts();
    const unreadable = { ...deps, flights: { exists: () => Promise.reject(new Error('table down')) } };
    const run = { ...trip, ReserveSeatError: { Error: 'DynamoDB.ConditionalCheckFailedException', Cause: 'x' } };
    await expect(cancelBooking(run, unreadable)).resolves.toEqual({ fenced: true });
    expect(headerOf.get(trip.trip_id)?.failureReason).toMatch(/no free seat, or there is no such flight$/);
  });

  it('undoes a confirmed one for the customer', async () => {
    const { deps, trip, statusOf } = await aConfirmedTrip();
    await expect(cancelBooking(aCancelOf(trip, 'customer'), deps)).resolves.toEqual({ fenced: true });
    expect(statusOf(trip)).toBe('CANCELLING');
  });

  it('leaves a confirmed one to a redrive: the run committed after all', async () => {
    const { deps, trip, statusOf } = await aConfirmedTrip();
    await expect(cancelBooking(aCancelOf(trip, 'redrive'), deps)).resolves.toEqual({
      fenced: false,
      ownStatus: 'CONFIRMED',
    });
    expect(statusOf(trip)).toBe('CONFIRMED');
  });

  it('leaves a confirmed one to a cancel run of no cause', async () => {
    const { deps, trip, statusOf } = await aConfirmedTrip();
    await expect(cancelBooking({ ...trip, action: 'cancel' }, deps)).resolves.toEqual({
      fenced: false,
      ownStatus: 'CONFIRMED',
    });
    expect(statusOf(trip)).toBe('CONFIRMED');
  });

  it("leaves another execution's booking alone, and no error says so", async () => {
    const { deps, trip, statusOf, counted } = await aConfirmedTrip();
    await expect(cancelBooking(anotherRunOf(trip), deps)).resolves.toEqual({ fenced: false });
    expect(statusOf(trip)).toBe('CONFIRMED');
    expect(counted).not.toContain('FailedCancellation');
  });

  it('notes why, and counts nothing before the end', async () => {
    const { deps, headerOf, counted } = bookingStepPorts();
    const run = { ...aTrip(), TakePaymentError: { Error: 'PaymentDeclinedError', Cause: 'No money' } };
    await cancelBooking(run, deps);
    expect(headerOf.get(run.trip_id)).toMatchObject({
      failureReason: 'TakePayment failed: PaymentDeclinedError: No money',
    });
    expect(counted).toEqual([]);
  });

  it('counts a fence that could not be written', async () => {
    const { deps, counted } = bookingStepPorts({ 'headers.fence': new Error('table down') });
    await expect(cancelBooking(aTrip(), deps)).rejects.toThrow('table down');
    expect(counted).toEqual(['FailedCancellation']);
  });
});

describe('closing a booking', () => {
  it('ends the cancellation and counts it', async () => {
    const { deps, statusOf, counted } = bookingStepPorts();
    const trip = aTrip();
    await cancelBooking(trip, deps);
    await closeBooking(trip, deps);
    expect(statusOf(trip)).toBe('CANCELLED');
    expect(counted).toEqual(['SuccessfulCancellation']);
  });

  it('counts one that was never fenced as failed', async () => {
    const { deps, counted } = bookingStepPorts();
    await expect(closeBooking(aTrip(), deps)).rejects.toThrow(BookingNotFencedError);
    expect(counted).toEqual(['FailedCancellation']);
  });
});
