import { randomUUID } from 'node:crypto';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { bookingIdentity, suffixAfter } from '#functions/booking/accepting/idempotency-key.ts';
import { keys } from '#schema/table.ts';
import { aBookingRequest, aConfirmedBooking, api, bookingAt, postBooking } from '#test/support/e2e/api.ts';
import { chargeOf, ended, executionArn, type Item, itemsOf, seatsOf } from '#test/support/e2e/saga.ts';
import { executionOf, expectProblem, wholeTrip } from './bookings-api.ts';
import { alice, bob, target } from './three-customers.ts';

describe('POST /bookings', () => {
  it('given a whole trip, then it answers at once, and the booking is confirmed at the quoted price', async () => {
    const request = await aBookingRequest(target, alice, wholeTrip);

    const accepted = await postBooking(target, alice, request);

    expect(accepted.status).toBe(202);
    expect(accepted.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      status: 'UNCONFIRMED',
      outboundFlightId: request.outboundFlightId,
      paymentToken: request.paymentToken,
      customer: alice.sub,
      checkedIn: false,
      createdAt: expect.stringMatching(/Z$/),
      price: { amount: '450.00', currency: 'USD' },
    });
    expect(accepted.headers.get('location')).toBe(`/bookings/${accepted.body.id}`);
    const booked = {
      price: accepted.body.price,
      ...wholeTrip,
      flight: {
        depart: 'London',
        departAt: '2026-07-10T06:00:00.000Z',
        arrive: 'Dublin',
        arriveAt: '2026-07-10T07:25:00.000Z',
      },
    };
    expect((await api(target, alice, `/bookings/${accepted.body.id}`)).body).toMatchObject(booked);
    const booking = await bookingAt(target, alice, accepted.body.id, 'CONFIRMED');
    expect(booking).toEqual({
      id: accepted.body.id,
      status: 'CONFIRMED',
      outboundFlightId: request.outboundFlightId,
      paymentToken: request.paymentToken,
      checkedIn: false,
      customer: alice.sub,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
      bookingReference: expect.stringMatching(/^[2-9A-HJ-NP-Z]{6}$/),
      ...booked,
    });
    expect((await api(target, alice, '/bookings?limit=1')).body.items).toEqual([booking]);
    expect(await itemsOf(target, accepted.body.id)).toHaveLength(5);
    expect(await chargeOf(target, String(request.paymentToken))).toMatchObject({
      charge_status: 'captured',
      captured_minor: 45_000,
    });
  });

  it('given the same key and body again, even after the end, then the answer is the same to the byte', async () => {
    const request = await aBookingRequest(target, alice);
    const key = randomUUID();
    const first = await postBooking(target, alice, request, key);
    await bookingAt(target, alice, first.body.id, 'CONFIRMED');

    const again = await postBooking(target, alice, request, key);

    expect([again.status, again.text]).toEqual([first.status, first.text]);
    expect((await seatsOf(target, String(request.outboundFlightId))).capacity).toBe(4);
  });

  it('given the same key after its request was forgotten, then the answer is the booking’s current status, and nothing is booked', async () => {
    const request = await aBookingRequest(target, alice);
    const key = randomUUID();
    const first = await postBooking(target, alice, request, key);
    const booking = await bookingAt(target, alice, first.body.id, 'CONFIRMED');
    const { dynamodb, tableName: TableName } = target;
    await dynamodb.send(new DeleteCommand({ TableName, Key: keys.idempotency(bookingIdentity(alice.sub, key).hash) }));

    const again = await postBooking(target, alice, request, key);
    const other = await postBooking(target, alice, { ...request, paymentToken: 'other' }, key);

    expect([again.status, again.headers.get('location')]).toEqual([200, `/bookings/${first.body.id}`]);
    expect(again.body).toEqual(booking);
    expect(booking.price).toEqual(first.body.price);
    expectProblem(other, { status: 422, field: 'Idempotency-Key' });
    expect((await api(target, alice, `/bookings/${first.body.id}`)).body).toEqual(booking);
    expect((await seatsOf(target, String(request.outboundFlightId))).capacity).toBe(4);
  });

  it('given the same key with another body, then 422 names the key and nothing is booked', async () => {
    const [request, other] = [await aBookingRequest(target, alice), await aBookingRequest(target, alice)];
    const key = randomUUID();
    await postBooking(target, alice, request, key);

    expectProblem(await postBooking(target, alice, other, key), { status: 422, field: 'Idempotency-Key' });
    expect((await seatsOf(target, String(other.outboundFlightId))).capacity).toBe(5);
  });

  it('given the same key of another customer, then it is another booking', async () => {
    const key = randomUUID();
    const one = await postBooking(target, alice, await aBookingRequest(target, alice), key);
    const other = await postBooking(target, bob, await aBookingRequest(target, bob), key);
    expect([one.status, other.status]).toEqual([202, 202]);
    expect(other.body.id).not.toBe(one.body.id);
  });

  it('given ten at once under one key, then one booking takes one seat', async () => {
    const request = await aBookingRequest(target, alice);
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 10 }, () => postBooking(target, alice, request, key)));

    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    const [{ body } = { body: {} }] = answers;
    await bookingAt(target, alice, body.id, 'CONFIRMED');
    expect((await seatsOf(target, String(request.outboundFlightId))).capacity).toBe(4);
  });

  it('given no key, then every request is a booking of its own, and an id is in use after the first', async () => {
    const post = (body: Item) => api(target, alice, '/bookings', { method: 'POST', body });
    const [request, named] = [
      await aBookingRequest(target, alice),
      await aBookingRequest(target, alice, { id: randomUUID() }),
    ];
    const [one, other] = [await post(request), await post(request)];
    expect([one.status, other.status]).toEqual([202, 202]);
    expect(other.body.id).not.toBe(one.body.id);
    expect((await post(named)).status).toBe(202);
    expectProblem(await post(named), { status: 409, field: 'id' });
  });

  it('given an id of an own booking that stands, then 409 names it', async () => {
    const id = await aConfirmedBooking(target, alice);
    const answer = await postBooking(target, alice, await aBookingRequest(target, alice, { id }));
    expectProblem(answer, { status: 409, field: 'id' });
  });

  it("given an id of another customer's booking, then the answer tells nothing of it, and it stands as before", async () => {
    const id = await aConfirmedBooking(target, alice);
    // The header changes once more when the message is out.
    await ended(target, executionArn(target, await executionOf(id)));
    const before = await itemsOf(target, id);
    const request = await aBookingRequest(target, bob, { id });
    const key = randomUUID();

    const answer = await postBooking(target, bob, request, key);

    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ id, status: 'UNCONFIRMED', customer: bob.sub });
    const refused = suffixAfter(bob.sub, key, String(before.find(({ sk }) => sk === 'BOOKING')?.execution_id));
    await ended(target, executionArn(target, `${id}.${refused}`));
    // The request that was accepted, as it was sent, like one that fails for any other reason.
    expect((await api(target, bob, `/bookings/${id}`)).body).toMatchObject({
      status: expect.stringMatching(/^(UNCONFIRMED|CANCELLED)$/),
      customer: bob.sub,
      paymentToken: request.paymentToken,
    });
    expect(await itemsOf(target, id)).toEqual(before);
    expect(await chargeOf(target, String(request.paymentToken))).toMatchObject({ captured_minor: 0 });
  });
});
