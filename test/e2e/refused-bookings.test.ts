import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  aBookingRequest,
  aCatalogFlight,
  aConfirmedBooking,
  api,
  bookingAt,
  postBooking,
} from '#test/support/e2e/api.ts';
import type { Item } from '#test/support/e2e/saga.ts';
import { expectProblem, wholeTrip } from './bookings-api.ts';
import { admin, alice, bob, target } from './three-customers.ts';

describe('POST /bookings that is refused', () => {
  it('given a flight that is not in the catalog, then 404 names the field and nothing is started', async () => {
    const request = await aBookingRequest(target, alice, { id: randomUUID(), outboundFlightId: 'nowhere' });
    expectProblem(await postBooking(target, alice, request), { status: 404, field: 'outboundFlightId' });
    expect((await api(target, alice, `/bookings/${request.id}`)).status).toBe(404);
  });

  it('given a flight that is sold out, then the booking is cancelled and shows the reason', async () => {
    const outboundFlightId = await aCatalogFlight(target, 0);
    const { body } = await postBooking(target, alice, await aBookingRequest(target, alice, { outboundFlightId }));
    const booking = await bookingAt(target, alice, body.id, 'CANCELLED');
    expect(booking.failureReason).toMatch(/^ReserveSeat failed: .*: the flight has no free seat$/);
  });

  it.each<[string, Item, string]>([
    ['no flight', { outboundFlightId: undefined }, 'outboundFlightId'],
    ['a number as token', { paymentToken: 7 }, 'paymentToken'],
    ['an unknown field', { seat: '1A' }, 'seat'],
    ['an amount', { amount: '1.00' }, 'amount'],
    ['a customer', { customer: 'mallory' }, 'customer'],
    ['a status', { status: 'CONFIRMED' }, 'status'],
    ['an id with a hash', { id: 'CHARGE#1' }, 'id'],
    ['half a hotel', { hotel: { hotel: 'inn', checkIn: '2026-07-10T12:00:00Z' } }, 'hotel.checkOut'],
    ['a day that is not', { hotel: { ...wholeTrip.hotel, checkIn: '2026-02-30T12:00:00Z' } }, 'hotel.checkIn'],
    ['half a character', { paymentToken: 'token \ud83d' }, 'paymentToken'],
    ['a token that no queue takes', { paymentToken: 'token \uffff' }, 'paymentToken'],
    ['a hotel that no queue takes', { hotel: { ...wholeTrip.hotel, hotel: 'inn \ufffe' } }, 'hotel.hotel'],
    ['a rental that no queue takes', { rental: { ...wholeTrip.rental, rental: 'Volvo \uffff' } }, 'rental.rental'],
    ['an unknown run type', { runType: 'failEverything' }, 'runType'],
  ])('given %s, then 400 names the field', async (_, fields, field) => {
    const request = { outboundFlightId: 'demo-london-dublin', paymentToken: 'token', ...fields };
    expectProblem(await postBooking(target, alice, request), { status: 400, field });
  });

  it.each<[string, Item, string]>([
    [
      'a hotel night of no length',
      { hotel: { ...wholeTrip.hotel, checkOut: wholeTrip.hotel.checkIn } },
      'hotel.checkOut',
    ],
    [
      'a car given back before',
      { rental: { ...wholeTrip.rental, rentalTo: '2026-07-09T00:00:00Z' } },
      'rental.rentalTo',
    ],
  ])('given %s, then 422 names the field', async (_, fields, field) => {
    const request = { outboundFlightId: 'demo-london-dublin', paymentToken: 'token', ...fields };
    expectProblem(await postBooking(target, alice, request), { status: 422, field });
  });

  it.each<[string, string | undefined, Record<string, string>, number, string | undefined]>([
    ['no JSON', '{"outboundFlightId":', {}, 400, undefined],
    ['no body', undefined, { 'content-type': 'application/json' }, 400, undefined],
    ['a form', 'outboundFlightId=x', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'Content-Type'],
    ['a list', '[]', {}, 400, 'body'],
    ['too much', JSON.stringify({ outboundFlightId: 'x'.repeat(40_000) }), {}, 413, undefined],
    ['a key with a space', '{}', { 'idempotency-key': 'two words' }, 400, 'Idempotency-Key'],
    ['an empty key', '{}', { 'idempotency-key': '' }, 400, 'Idempotency-Key'],
  ])('given %s, then it is refused', async (_, body, headers, status, field) => {
    const answer = await api(target, alice, '/bookings', { method: 'POST', body, headers });
    expectProblem(answer, { status, ...(field ? { field } : {}) });
  });
});

describe('GET /bookings/{id}', () => {
  it.each([randomUUID(), 'no-such', 'CHARGE%231', 'x'.repeat(51), '%20'])('given %s, then 404', async (id) => {
    expectProblem(await api(target, alice, `/bookings/${id}`), { status: 404 });
  });

  it("given another customer's booking, then the answer is that of one that does not exist", async () => {
    const id = await aConfirmedBooking(target, alice);
    const [others, absent] = [await api(target, bob, `/bookings/${id}`), await api(target, bob, '/bookings/no-such')];
    expect([others.status, others.text]).toEqual([absent.status, absent.text]);
    expect((await api(target, admin, `/bookings/${id}`)).body).toMatchObject({ id, customer: alice.sub });
  });

  it('given a path that cannot be decoded, then it is refused', async () => {
    const { status } = await api(target, alice, '/bookings/%ZZ');
    expect([400, 404]).toContain(status);
  });
});
