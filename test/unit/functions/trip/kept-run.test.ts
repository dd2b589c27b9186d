import { describe, expect, it } from '@jest/globals';
import { startedAtOf } from '#functions/booking/steps/header-store.ts';
import { keptRunOf, runInputOf } from '#functions/trip/kept-run.ts';
import { BookingRunInput } from '#functions/trip/run-input.ts';
import { aFlightAlone, aTrip } from '#test/support/trips.ts';

const headerAttributesOf = (trip: BookingRunInput) => ({
  id: trip.trip_id,
  execution_id: trip.execution_id,
  startedAt: startedAtOf(trip),
  outboundFlightId: trip.outbound_flight_id,
  customer: trip.customer,
  paymentToken: trip.payment_token,
});

describe("a run's input, kept on its header", () => {
  it.each([
    ['with all legs', aTrip({ run_type: 'success', cancel_failure_rate: 0.4 })],
    ['with a flight alone', aFlightAlone()],
  ])('is given back whole %s', (_, trip) => {
    expect(runInputOf(headerAttributesOf(trip), keptRunOf(trip))).toEqual(trip);
  });

  it('has every field of the schema that a booking run needs later', () => {
    const fields = Object.keys(BookingRunInput.shape).filter(
      (field) => !['action', 'cause', 'redrive_count'].includes(field),
    );
    const trip = aTrip({ run_type: 'success', cancel_failure_rate: 0 });
    expect(Object.keys(runInputOf(headerAttributesOf(trip), keptRunOf(trip))).sort()).toEqual(fields.sort());
  });

  it('keeps nothing that a run does not have or that steps have added', () => {
    const kept = keptRunOf(
      Object.assign(aFlightAlone(), { ReserveSeatError: { Error: 'x' }, fence: { fenced: true } }),
    );
    expect(Object.keys(kept)).toEqual(['depart', 'depart_at', 'arrive', 'arrive_at', 'amount', 'currency']);
  });

  it('is the same text for any order of the map’s fields', () => {
    const trip = aTrip();
    const turned = Object.fromEntries(Object.entries(keptRunOf(trip)).reverse());
    expect(JSON.stringify(runInputOf(headerAttributesOf(trip), turned))).toBe(
      JSON.stringify(runInputOf(headerAttributesOf(trip), keptRunOf(trip))),
    );
  });
});
