import { describe, expect, it } from '@jest/globals';
import { cancelBooking, confirmBooking, reserveBooking } from '#functions/booking/steps/booking-steps.ts';
import { aCancelOf, anotherRunOf, aTrip } from '#test/support/trips.ts';
import { bookingStepPorts } from './booking-step-ports.ts';

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

  it('distinguishes a missing flight from a full one', async () => {
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
