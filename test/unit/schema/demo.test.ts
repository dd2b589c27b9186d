import { describe, expect, it } from '@jest/globals';
import { DemoQuery } from '#functions/api/demo/demo-query.ts';
import { legs } from '#functions/legs.ts';
import { demoPrice, demoTrip } from '#functions/trip/demo-trip.ts';
import { failingStateByRunType, isRunType, runTypes } from '#functions/trip/run-types.ts';
import { BookingEvent } from '#schema/booking-event.ts';
import { demoTripId } from '#schema/demo-request.ts';
import { amountPattern, tripIdPattern } from '#schema/saga-input.ts';
import { exampleTrip } from '#test/support/demo-figures.ts';
import { readSaga } from '../../../statemachine/tools/asl.ts';

describe('run types', () => {
  it('are those of the contract', () => {
    expect(runTypes).toEqual(
      expect.arrayContaining([
        'success',
        'failHotelReservation',
        'failHotelConfirmation',
        'failFlightsReservation',
        'failFlightsConfirmation',
        'failRentalReservation',
        'failRentalConfirmation',
        'failPayment',
        'failBookingConfirmation',
        'failNotification',
        'failFlights',
        'failHotel',
        'failRental',
      ]),
    );
  });

  it('name states that the machine has', () => {
    const states = Object.keys(readSaga().States);
    for (const state of Object.values(failingStateByRunType)) {
      if (state !== undefined) expect(states).toContain(state);
    }
  });

  it('mean the reservation in their short forms', () => {
    expect(failingStateByRunType.failHotel).toBe(failingStateByRunType.failHotelReservation);
    expect(failingStateByRunType.failFlights).toBe(failingStateByRunType.failFlightsReservation);
    expect(failingStateByRunType.failRental).toBe(failingStateByRunType.failRentalReservation);
    const besideLegs = ['success', 'failPayment', 'failBookingConfirmation', 'failNotification'];
    expect(runTypes).toHaveLength(besideLegs.length + 3 * legs.length);
  });

  it.each(['Success', 'fail', '', 'toString', 'constructor', '__proto__'])('do not include "%s"', (text) => {
    expect(isRunType(text)).toBe(false);
  });

  it('include every one of the list', () => {
    for (const runType of runTypes) expect(isRunType(runType)).toBe(true);
  });
});

describe('demo query', () => {
  const accepts = (query: unknown): boolean => DemoQuery.safeParse(query).success;

  it('is accepted empty, and ignores unknown parameters', () => {
    expect(DemoQuery.parse({})).toEqual({});
    expect(DemoQuery.parse({ tripID: 't', utm_source: 'mail' })).toEqual({ tripID: 't' });
  });

  it.each(runTypes)('admits the run type %s', (runType) => {
    expect(accepts({ runType })).toBe(true);
  });

  it.each(['', 'fail', 'SUCCESS', 'toString'])('refuses the run type "%s"', (runType) => {
    expect(accepts({ runType })).toBe(false);
  });

  it.each(['a', 'A-1', 'x'.repeat(50)])('admits the trip id "%s"', (tripID) => {
    expect(accepts({ tripID })).toBe(true);
  });

  it.each(['', 'a b', 'a.b', 'a#b', 'x'.repeat(51), 'a,b', 'a\n'])('refuses the trip id %j', (tripID) => {
    expect(accepts({ tripID })).toBe(false);
  });

  it.each(['0', '1', '0.4', '1.0', '0.1234'])('admits the cancel failure rate %s', (cancelFailureRate) => {
    expect(accepts({ cancelFailureRate })).toBe(true);
  });

  it.each(['', '-1', '1.1', '2', '.5', '1e-1', 'NaN', '0.12345'])('refuses the cancel failure rate "%s"', (rate) => {
    expect(accepts({ cancelFailureRate: rate })).toBe(false);
  });
});

describe('demo trip', () => {
  it("is the example's", () => {
    expect(demoTripId).toBe('5c12d94a-ee6a-40d9-889b-1d49142248b7');
    expect(demoTripId).toMatch(tripIdPattern);
    expect(demoTrip).toMatchObject(exampleTrip);
    expect(Object.keys(demoTrip)).toEqual(legs.flatMap(({ fields }) => Object.keys(fields)));
    expect(demoPrice.amount).toMatch(amountPattern);
  });
});

describe('booking event', () => {
  const event = {
    bookingId: 't',
    customer: 'alice',
    bookingReference: 'ABC234',
    status: 'CONFIRMED',
    price: 450,
    currency: 'USD',
  };

  it('is accepted with every field', () => {
    expect(BookingEvent.parse(event)).toEqual(event);
  });

  it.each(Object.keys(event))('is refused without %s', (field) => {
    expect(BookingEvent.safeParse({ ...event, [field]: undefined }).success).toBe(false);
  });

  it('is refused with another status', () => {
    expect(BookingEvent.safeParse({ ...event, status: 'CANCELLING' }).success).toBe(false);
  });
});
