import { describe, expect, it } from '@jest/globals';
import { dynamoDbRequestStore } from '#functions/booking/accepting/dynamodb-request-store.ts';
import type { Booking } from '#functions/booking/booking.ts';
import { dynamoDbCancellationMarker } from '#functions/booking/cancelling/cancellation-marker.ts';
import { dynamoDbBookingReader } from '#functions/booking/reading/dynamodb-booking-reader.ts';
import { dynamoDbHeaderStore } from '#functions/booking/steps/dynamodb-header-store.ts';
import { keptRunOf } from '#functions/trip/kept-run.ts';
import type { BookingRunInput } from '#functions/trip/run-input.ts';
import { aCancelOf, anotherRunOf, aTrip, headerOf } from '#test/support/trips.ts';
import { now, opened, reader, the } from './reader-setup.ts';

const readerAfter = (seconds: number) =>
  dynamoDbBookingReader(opened.table, () => new Date(Date.parse(now) + seconds * 1000).toISOString());

const viewOf = (trip: BookingRunInput) => ({
  id: trip.trip_id,
  outboundFlightId: trip.outbound_flight_id,
  paymentToken: trip.payment_token,
  checkedIn: false,
  customer: trip.customer,
  createdAt: now,
  updatedAt: now,
  execution_id: trip.execution_id,
  startedAt: `${trip.started_at}#${trip.execution_id}`,
});

describe('get', () => {
  it('shows a header as its viewers see it', async () => {
    const trip = aTrip();
    const headers = dynamoDbHeaderStore(opened.table, async () => undefined);
    await headers.open(headerOf(trip), now);
    await headers.confirm(trip, 'ABC234', now);
    expect(await reader().get(trip.trip_id, the(trip.customer))).toEqual({
      ...viewOf(trip),
      status: 'CONFIRMED',
      bookingReference: 'ABC234',
      run: keptRunOf(trip),
    });
  });

  it('shows an accepted booking that has no header yet, until it should have had one', async () => {
    const trip = aTrip({ started_at: now });
    await dynamoDbRequestStore(opened.table).putPending(trip);

    expect(await readerAfter(14 * 60).get(trip.trip_id, the(trip.customer))).toEqual({
      ...viewOf(trip),
      status: 'UNCONFIRMED',
      run: keptRunOf(trip),
    });
    expect(await readerAfter(16 * 60).get(trip.trip_id, the(trip.customer))).toBeUndefined();

    await dynamoDbHeaderStore(opened.table, async () => undefined).open(headerOf(trip), '2026-03-01T10:00:05.000Z');
    expect(await reader().get(trip.trip_id, the(trip.customer))).toMatchObject({
      createdAt: now,
      updatedAt: '2026-03-01T10:00:05.000Z',
    });
  });

  it('never shows a pending booking as a part of the booking', async () => {
    const trip = aTrip();
    await dynamoDbRequestStore(opened.table).putPending(trip);
    const parts = (await opened.all()).filter((item) => item.pk === trip.trip_id);
    expect(parts).toEqual([]);
    const [pending] = (await opened.all()).filter((item) => item.pk === `REQUEST#${trip.trip_id}`);
    expect(pending).not.toHaveProperty('execution_id');
    expect(pending?.expiresAt).toBe(Date.parse(trip.started_at) / 1000 + 15 * 60);
  });

  it('shows a confirmed booking with a requested cancellation as CANCELLING, until it is made anew', async () => {
    const trip = aTrip();
    const headers = dynamoDbHeaderStore(opened.table, async () => undefined);
    const mark = dynamoDbCancellationMarker(opened.table, () => now);
    const status = async () => (await reader().get(trip.trip_id, the(trip.customer)))?.status;
    await headers.open(headerOf(trip), now);
    const booking = (await reader().get(trip.trip_id, the(trip.customer))) as Booking;
    await mark(booking);
    expect(await status()).toBe('UNCONFIRMED');
    await headers.confirm(trip, 'ABC234', now);
    await mark({ ...booking, execution_id: `${trip.trip_id}.other` });
    expect(await status()).toBe('CONFIRMED');
    await mark(booking);
    expect(await status()).toBe('CANCELLING');

    await headers.fence(aCancelOf(trip), { mayUndoConfirmed: true, reason: 'asked', now });
    await headers.close(trip, now);
    expect(await status()).toBe('CANCELLED');
    const again = anotherRunOf(trip);
    await headers.open(headerOf(again), now);
    await headers.confirm(again, 'ABC235', now);
    expect(await status()).toBe('CONFIRMED');
  });

  it('shows a cancelled booking as UNCONFIRMED as soon as it was accepted anew, and not because of an older request', async () => {
    const trip = aTrip({ started_at: '2026-03-01T09:59:00.000Z' });
    const headers = dynamoDbHeaderStore(opened.table, async () => undefined);
    const requests = dynamoDbRequestStore(opened.table);
    const seen = async (caller = the(trip.customer)) => {
      const { status, execution_id } = (await reader().get(trip.trip_id, caller)) ?? {};
      return [status, execution_id];
    };
    await requests.putPending(trip);
    await headers.open(headerOf(trip), now);
    await headers.fence(aCancelOf(trip), { mayUndoConfirmed: true, reason: 'asked', now });
    await headers.close(trip, now);
    expect(await seen()).toEqual(['CANCELLED', trip.execution_id]);

    const again = { ...anotherRunOf(trip), started_at: now };
    await requests.putPending(again, { after: trip.execution_id });
    expect(await seen()).toEqual(['UNCONFIRMED', again.execution_id]);
    expect(await seen(the('carol', true))).toEqual(['UNCONFIRMED', again.execution_id]);
    await headers.open(headerOf(again), now);
    await headers.confirm(again, 'ABC235', now);
    expect(await seen()).toEqual(['CONFIRMED', again.execution_id]);
  });

  it('shows a customer who asked for another customer’s id the same as for a failed booking', async () => {
    const trip = aTrip({ started_at: now });
    const foreign = { ...anotherRunOf(trip), customer: 'mallory', started_at: now };
    const requests = dynamoDbRequestStore(opened.table);
    await requests.putPending(trip);
    await requests.putPending(foreign);
    const statuses = async () => {
      const seen = [];
      for (const customer of [trip.customer, 'mallory', 'bob']) {
        for (const seconds of [0, 60]) {
          const { status, customer: owner } = (await readerAfter(seconds).get(trip.trip_id, the(customer))) ?? {};
          expect([undefined, customer]).toContain(owner);
          seen.push(status);
        }
      }
      return seen;
    };
    const [made, none] = ['UNCONFIRMED', undefined];
    expect(await statuses()).toEqual([made, made, made, made, none, none]);
    await dynamoDbHeaderStore(opened.table, async () => undefined).open(headerOf(trip), now);
    expect(await statuses()).toEqual([made, made, made, 'CANCELLED', none, none]);
  });

  it('finds nothing for a caller whose name is too long to book', async () => {
    expect(await reader().get(aTrip().trip_id, the('x'.repeat(3000)))).toBeUndefined();
  });

  it.each(['', 'CHARGE#1', 'x'.repeat(51), 'a b', 'no-such'])('finds nothing under %j', async (id) => {
    expect(await reader().get(id, the('alice'))).toBeUndefined();
  });
});
