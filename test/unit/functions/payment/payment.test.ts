import { describe, expect, it } from '@jest/globals';
import { refundPayment, takePayment } from '#functions/payment/payment.ts';
import { ChargeClosedError, PaymentDeclinedError } from '#functions/payment/payment-errors.ts';
import { decimalAmount, majorUnits } from '#functions/shared/money/decimal-amount.ts';
import { paymentIdOf } from '#functions/shared/saga/derived-ids.ts';
import { BookingNotOpenError } from '#functions/shared/saga/reservation-errors.ts';
import { demoPrice } from '#functions/trip/demo-trip.ts';
import type { BookingRunInput } from '#functions/trip/run-input.ts';
import { keys } from '#schema/table.ts';
import { demoMinorUnits } from '#test/support/demo-figures.ts';
import { itemName, memoryBookings } from '#test/support/memory-bookings.ts';
import { memoryGateway } from '#test/support/memory-gateway.ts';
import { callsOf, type Recorded, recorded } from '#test/support/recording.ts';
import { aChargeOf, aFlightAlone, aTrip, headerOf } from '#test/support/trips.ts';

const price = { amountMinor: demoMinorUnits, currency: demoPrice.currency };

/** An open booking with an authorized charge; `failing` names calls that fail before they have an effect. */
const aPayment = async (trip: BookingRunInput, failing: Record<string, Error> = {}) => {
  const bookings = memoryBookings();
  const gateway = memoryGateway();
  const calls: Recorded[] = [];
  await bookings.headers.open(headerOf(trip), trip.started_at);
  await gateway.authorize(aChargeOf(trip), price);
  const deps = {
    reservations: recorded('reservations', bookings.reservations, calls, failing),
    gateway: recorded('gateway', gateway, calls, failing),
  };
  return {
    ...bookings,
    calls,
    deps,
    charge: () => gateway.charges.get(trip.payment_token),
    payment: () => bookings.items.get(itemName(keys.payment(trip.trip_id, paymentIdOf(trip)))),
  };
};

describe('taking a payment', () => {
  it('writes it as pending before the money moves, and confirms it after', async () => {
    const trip = aTrip();
    const { deps, calls, charge, payment } = await aPayment(trip);
    await takePayment(trip, deps);
    expect(callsOf(calls)).toEqual(['reservations.open', 'gateway.capture', 'reservations.confirm']);
    expect(charge()).toMatchObject({ status: 'captured', money: price });
    expect(payment()).toMatchObject({
      type: 'Payment',
      id: paymentIdOf(trip),
      trip_id: trip.trip_id,
      ...demoPrice,
      transaction_status: 'confirmed',
    });
  });

  it('captures under the key of payment and execution, so that a repetition is the same capture', async () => {
    const trip = aTrip();
    const { deps, calls, charge } = await aPayment(trip);
    await takePayment(trip, deps);
    await takePayment(trip, deps);
    const captures = calls.filter(({ call }) => call === 'gateway.capture').map((one) => one.arguments[0]);
    const expected = {
      token: trip.payment_token,
      customer: 'alice',
      idempotencyKey: `${paymentIdOf(trip)}#${trip.execution_id}`,
    };
    expect(captures).toEqual([expected, expected]);
    expect(charge()).toMatchObject({ status: 'captured' });
  });

  it('moves no money for a booking that is closed already', async () => {
    const trip = aTrip();
    const { deps, calls, headers, charge } = await aPayment(trip);
    await headers.fence(trip, { mayUndoConfirmed: true, reason: '', now: trip.started_at });
    await expect(takePayment(trip, deps)).rejects.toThrow(BookingNotOpenError);
    expect(callsOf(calls)).toEqual(['reservations.open']);
    expect(charge()).toMatchObject({ status: 'authorized' });
  });

  it('leaves the payment pending where the gateway declines', async () => {
    const trip = aTrip({ amount: decimalAmount(majorUnits(demoPrice.amount) + 0.01) });
    const { deps, payment } = await aPayment(trip);
    await expect(takePayment(trip, deps)).rejects.toThrow(PaymentDeclinedError);
    expect(payment()).toMatchObject({ transaction_status: 'pending' });
  });

  it('fails where the booking was undone between capture and confirmation', async () => {
    const trip = aTrip();
    const { deps, reservations } = await aPayment(trip);
    const gateway = {
      ...deps.gateway,
      capture: async () => reservations.remove(trip, keys.payment(trip.trip_id, paymentIdOf(trip))),
    };
    await expect(takePayment(trip, { ...deps, gateway })).rejects.toMatchObject({ name: 'ReservationNotFoundError' });
  });
});

describe('refunding a payment', () => {
  it('gives the money back before it deletes the payment', async () => {
    const trip = aTrip();
    const { deps, calls, charge, payment } = await aPayment(trip);
    await takePayment(trip, deps);
    calls.length = 0;
    await refundPayment(trip, deps);
    expect(callsOf(calls)).toEqual(['gateway.refundOrVoid', 'reservations.remove']);
    expect(charge()).toMatchObject({ status: 'refunded' });
    expect(payment()).toBeUndefined();
  });

  it('keeps the payment where the gateway fails: an item that is gone means that the money is back', async () => {
    const trip = aTrip();
    const { deps, payment } = await aPayment(trip, { 'gateway.refundOrVoid': new Error('gateway down') });
    await takePayment(trip, deps);
    await expect(refundPayment(trip, deps)).rejects.toThrow('gateway down');
    expect(payment()).toMatchObject({ transaction_status: 'confirmed' });
  });

  it('refunds again without harm when only the deletion failed', async () => {
    const trip = aTrip();
    const { deps, charge, payment, reservations } = await aPayment(trip, {
      'reservations.remove': new Error('table down'),
    });
    await takePayment(trip, deps);
    await expect(refundPayment(trip, deps)).rejects.toThrow('table down');
    await refundPayment(trip, { ...deps, reservations });
    expect(charge()).toMatchObject({ status: 'refunded' });
    expect(payment()).toBeUndefined();
  });

  it('voids an uncaptured charge, so that a late capture is refused', async () => {
    const trip = aTrip();
    const { deps, charge } = await aPayment(trip);
    await refundPayment(trip, deps);
    expect(charge()).toMatchObject({ status: 'voided' });
    await expect(takePayment(trip, deps)).rejects.toThrow(ChargeClosedError);
  });

  it.each(['', 'x'.repeat(251), 'é'.repeat(10_240)])(
    'given a token that no payment was taken with, as the payment refuses it, then asks the gateway for nothing',
    async (payment_token) => {
      const trip = aTrip();
      const { deps, calls } = await aPayment(trip);
      await refundPayment({ ...trip, payment_token }, deps);
      expect(callsOf(calls)).toEqual(['reservations.remove']);
    },
  );

  it('uses the key of the capture, also for a flight alone', async () => {
    const trip = aFlightAlone();
    const { deps, charge } = await aPayment(trip);
    await takePayment(trip, deps);
    await refundPayment(trip, deps);
    expect(charge()).toMatchObject({ status: 'refunded' });
  });

  it('leaves another customer’s charge to its owner, and the payment with it pending', async () => {
    const trip = aTrip();
    const { deps, charge, headers, reservations } = await aPayment(trip);
    const theft = aTrip({ payment_token: trip.payment_token, customer: 'bob' });
    await headers.open(headerOf(theft), theft.started_at);
    await expect(takePayment(theft, { ...deps, reservations })).rejects.toThrow(PaymentDeclinedError);
    await refundPayment(theft, deps);
    expect(charge()).toMatchObject({ status: 'authorized' });
    await takePayment(trip, deps);
    expect(charge()).toMatchObject({ status: 'captured' });
  });

  it('voids nothing for an input without a customer, which the forward step refused', async () => {
    const trip = aTrip();
    const { deps, charge } = await aPayment(trip);
    const { customer: _, ...refused } = trip;
    await refundPayment(refused, deps);
    expect(charge()).toMatchObject({ status: 'authorized' });
  });

  it('asks no gateway for an input without a token, which the forward step refused', async () => {
    const trip = aTrip();
    const { deps, calls } = await aPayment(trip);
    const { payment_token: _, ...refused } = trip;
    await refundPayment(refused, deps);
    expect(callsOf(calls)).toEqual(['reservations.remove']);
  });
});
