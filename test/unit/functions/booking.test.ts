import { describe, expect, it } from '@jest/globals';
import {
  type BookingDependencies,
  cancelBooking,
  closeBooking,
  confirmBooking,
  failureReasonOf,
  reserveBooking,
} from '#functions/booking/booking.ts';
import { bookingReferenceOf } from '#functions/shared/derived-ids.ts';
import { BookingAlreadyExistsError, BookingNotFencedError, BookingNotOpenError } from '#functions/shared/errors.ts';
import { memoryBookings } from '#test/support/memory-bookings.ts';
import { type Recorded, recorded } from '#test/support/recording.ts';
import { aCancelOf, anotherRunOf, aTrip } from '#test/support/trips.ts';

const now = '2026-03-01T10:00:00.500Z';

const aDesk = (failing: Record<string, Error> = {}) => {
  const bookings = memoryBookings();
  const counted: string[] = [];
  const calls: Recorded[] = [];
  const deps: BookingDependencies = {
    headers: recorded('headers', bookings.headers, calls, failing),
    count: (metric) => counted.push(metric),
    now: () => now,
  };
  const statusOf = (trip: { trip_id: string }) => bookings.headerOf.get(trip.trip_id)?.status;
  return { ...bookings, deps, counted, calls, statusOf };
};

describe('reserving a booking', () => {
  it('opens the header with what the trip says, at the time of the clock, and counts it', async () => {
    const { deps, counted, calls } = aDesk();
    const trip = aTrip();
    await reserveBooking(trip, deps);
    expect(calls[0]?.arguments).toEqual([
      {
        trip_id: trip.trip_id,
        execution_id: trip.execution_id,
        started_at: trip.started_at,
        customer: 'alice',
        outboundFlightId: trip.outbound_flight_id,
        paymentToken: trip.payment_token,
      },
      now,
    ]);
    expect(counted).toEqual(['SuccessfulReservation']);
  });

  it('counts a refusal and passes it on', async () => {
    const { deps, counted } = aDesk();
    const trip = aTrip();
    await reserveBooking(trip, deps);
    await expect(reserveBooking(anotherRunOf(trip), deps)).rejects.toThrow(BookingAlreadyExistsError);
    expect(counted).toEqual(['SuccessfulReservation', 'FailedReservation']);
  });
});

describe('confirming a booking', () => {
  it('commits it under the reference that every step names, and counts it', async () => {
    const { deps, counted, headerOf } = aDesk();
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
    const { deps, counted } = aDesk();
    await expect(confirmBooking(aTrip(), deps)).rejects.toThrow(BookingNotOpenError);
    expect(counted).toEqual([]);
  });
});

describe('cancelling a booking', () => {
  const aConfirmedTrip = async () => {
    const desk = aDesk();
    const trip = aTrip();
    await reserveBooking(trip, desk.deps);
    await confirmBooking(trip, desk.deps);
    return { ...desk, trip };
  };

  it("undoes a confirmed one for the run's own compensation", async () => {
    const { deps, trip, statusOf } = await aConfirmedTrip();
    await expect(cancelBooking(trip, deps)).resolves.toEqual({ fenced: true });
    expect(statusOf(trip)).toBe('CANCELLING');
  });

  it('undoes a confirmed one for the customer', async () => {
    const { deps, trip, statusOf } = await aConfirmedTrip();
    await expect(cancelBooking(aCancelOf(trip, 'customer'), deps)).resolves.toEqual({ fenced: true });
    expect(statusOf(trip)).toBe('CANCELLING');
  });

  it('leaves a confirmed one to a redrive: the run committed after all', async () => {
    const { deps, trip, statusOf } = await aConfirmedTrip();
    await expect(cancelBooking(aCancelOf(trip, 'redrive'), deps)).resolves.toEqual({ fenced: false });
    expect(statusOf(trip)).toBe('CONFIRMED');
  });

  it('leaves a confirmed one to a cancel run of no cause', async () => {
    const { deps, trip, statusOf } = await aConfirmedTrip();
    await expect(cancelBooking({ ...trip, action: 'cancel' }, deps)).resolves.toEqual({ fenced: false });
    expect(statusOf(trip)).toBe('CONFIRMED');
  });

  it("leaves another execution's booking alone, and no error says so", async () => {
    const { deps, trip, statusOf, counted } = await aConfirmedTrip();
    await expect(cancelBooking(anotherRunOf(trip), deps)).resolves.toEqual({ fenced: false });
    expect(statusOf(trip)).toBe('CONFIRMED');
    expect(counted).not.toContain('FailedCancellation');
  });

  it('notes why, and counts nothing before the end', async () => {
    const { deps, headerOf, counted } = aDesk();
    const run = { ...aTrip(), TakePaymentError: { Error: 'PaymentDeclinedError', Cause: 'No money' } };
    await cancelBooking(run, deps);
    expect(headerOf.get(run.trip_id)).toMatchObject({
      failureReason: 'TakePayment failed: PaymentDeclinedError: No money',
    });
    expect(counted).toEqual([]);
  });

  it('counts a fence that could not be written', async () => {
    const { deps, counted } = aDesk({ 'headers.fence': new Error('table down') });
    await expect(cancelBooking(aTrip(), deps)).rejects.toThrow('table down');
    expect(counted).toEqual(['FailedCancellation']);
  });
});

describe('closing a booking', () => {
  it('ends the cancellation and counts it', async () => {
    const { deps, statusOf, counted } = aDesk();
    const trip = aTrip();
    await cancelBooking(trip, deps);
    await closeBooking(trip, deps);
    expect(statusOf(trip)).toBe('CANCELLED');
    expect(counted).toEqual(['SuccessfulCancellation']);
  });

  it('counts one that was never fenced as failed', async () => {
    const { deps, counted } = aDesk();
    await expect(closeBooking(aTrip(), deps)).rejects.toThrow(BookingNotFencedError);
    expect(counted).toEqual(['FailedCancellation']);
  });
});

describe('the reason of a failure', () => {
  it('is the state that failed with its error, out of the JSON that Lambda makes of it', () => {
    const Cause = JSON.stringify({ errorType: 'PaymentDeclinedError', errorMessage: 'No money', trace: ['x'] });
    const run = { ...aTrip(), TakePaymentError: { Error: 'PaymentDeclinedError', Cause } };
    expect(failureReasonOf(run)).toBe('TakePayment failed: PaymentDeclinedError: No money');
  });

  it.each(['The conditional request failed', '"quoted"', 'null', '{"no":"message"}'])(
    'is the sentence %s as it is',
    (Cause) => {
      const run = { ...aTrip(), ReserveSeatError: { Error: 'DynamoDB.ThrottlingException', Cause } };
      expect(failureReasonOf(run)).toBe(`ReserveSeat failed: DynamoDB.ThrottlingException: ${Cause}`);
    },
  );

  it('is that a flight is sold out, whatever words DynamoDB has for it', () => {
    const name = 'DynamoDB.ConditionalCheckFailedException';
    const Cause = 'The conditional request failed (Service: null)';
    const run = { ...aTrip(), ReserveSeatError: { Error: name, Cause } };
    expect(failureReasonOf(run)).toBe(`ReserveSeat failed: ${name}: the flight has no free seat`);
  });

  it('says so where an error has neither name nor cause', () => {
    expect(failureReasonOf({ ReserveHotelError: {} })).toBe('ReserveHotel failed: Unknown: ');
    expect(failureReasonOf({ ReserveHotelError: null, trip_id: 't' })).toBe('Unknown');
    expect(failureReasonOf(aTrip())).toBe('Unknown');
  });

  it('is who asked for it in a cancel run, whatever failed before', () => {
    expect(failureReasonOf(aCancelOf(aTrip(), 'customer'))).toBe('Cancelled by the customer');
    expect(failureReasonOf(aCancelOf(aTrip(), 'redrive'))).toBe('The booking run ended before it was done');
  });

  it('is cut to 1 kB', () => {
    const reason = failureReasonOf({ TakePaymentError: { Error: 'E', Cause: 'ü'.repeat(2000) } });
    expect(Buffer.byteLength(reason)).toBeLessThanOrEqual(1024);
    expect(reason).toMatch(/^TakePayment failed: E: ü+…$/);
  });
});
