import { describe, expect, it } from '@jest/globals';
import { cancelBooking, closeBooking, confirmBooking, reserveBooking } from '#functions/booking/steps/booking-steps.ts';
import { BookingAlreadyExistsError, BookingNotFencedError } from '#functions/booking/steps/header-errors.ts';
import { bookingReferenceOf } from '#functions/shared/saga/derived-ids.ts';
import { BookingNotOpenError } from '#functions/shared/saga/reservation-errors.ts';
import { demoPrice, demoTrip } from '#functions/trip/demo-trip.ts';
import { anotherRunOf, aTrip } from '#test/support/trips.ts';
import { bookingStepPorts, now } from './booking-step-ports.ts';

describe('reserving a booking', () => {
  it('opens the header with the trip’s fields, at the time of the clock, and counts it', async () => {
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
          ...demoTrip,
          ...demoPrice,
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
