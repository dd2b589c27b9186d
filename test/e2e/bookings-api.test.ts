import { randomUUID } from 'node:crypto';
import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bookingIdentity, suffixAfter } from '#functions/booking/accepting/idempotency-key.ts';
import document from '#schema/openapi.json' with { type: 'json' };
import { keys } from '#schema/table.ts';
import {
  type ApiAnswer,
  aBookingRequest,
  aCatalogFlight,
  aConfirmedBooking,
  api,
  bookingAt,
  postBooking,
} from '#test/support/e2e/api.ts';
import { type Customer, customerOf } from '#test/support/e2e/customers.ts';
import { chargeOf, ended, executionArn, headerOf, type Item, itemsOf, put, seatsOf } from '#test/support/e2e/saga.ts';
import { openTarget, type Target } from '#test/support/e2e/target.ts';
import { booked, forwardPath, undonePath } from '#test/support/saga-paths.ts';

let target: Target;
let alice: Customer;
let bob: Customer;
let admin: Customer;
beforeAll(async () => {
  target = await openTarget();
  [alice, bob, admin] = await Promise.all([
    customerOf(target, 'alice'),
    customerOf(target, 'bob'),
    customerOf(target, 'carol', { admin: true }),
  ]);
});
afterAll(() => target.close());

const executionOf = async (id: string): Promise<string> => String((await headerOf(target, id))?.execution_id);

function expectProblem({ status, headers, body }: ApiAnswer, expected: { status: number; field?: string }): void {
  expect([status, headers.get('content-type')]).toEqual([expected.status, 'application/problem+json']);
  expect(body).toMatchObject({ type: 'about:blank', title: expect.any(String), ...expected });
  expect(body.field).toBe(expected.field);
}

const wholeTrip = {
  hotel: { hotel: 'holiday inn', checkIn: '2026-07-10T12:00:00.000Z', checkOut: '2026-07-12T14:00:00.000Z' },
  rental: { rental: 'Volvo', rentalFrom: '2026-07-10T00:00:00.000Z', rentalTo: '2026-07-12T00:00:00.000Z' },
};

describe('POST /bookings', () => {
  it('given a whole trip, then it answers at once, and what it names becomes a confirmed booking at the price quoted', async () => {
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
    });
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

  it('given the same key after its request was forgotten, then the booking is told as it stands, and nothing is booked', async () => {
    const request = await aBookingRequest(target, alice);
    const key = randomUUID();
    const first = await postBooking(target, alice, request, key);
    const booking = await bookingAt(target, alice, first.body.id, 'CONFIRMED');
    const { dynamodb, tableName: TableName } = target;
    await dynamodb.send(new DeleteCommand({ TableName, Key: keys.idempotency(bookingIdentity(alice.sub, key).hash) }));

    const again = await postBooking(target, alice, request, key);
    const other = await postBooking(target, alice, { ...request, paymentToken: 'other' }, key);

    expect([again.status, again.headers.get('location')]).toEqual([200, `/bookings/${first.body.id}`]);
    expect(again.body).toEqual({ ...booking, price: first.body.price });
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

  it('given a flight that is not in the catalog, then 404 names the field and nothing is started', async () => {
    const request = await aBookingRequest(target, alice, { id: randomUUID(), outboundFlightId: 'nowhere' });
    expectProblem(await postBooking(target, alice, request), { status: 404, field: 'outboundFlightId' });
    expect((await api(target, alice, `/bookings/${request.id}`)).status).toBe(404);
  });

  it('given a flight that is sold out, then the booking is cancelled and tells why', async () => {
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

describe('GET /bookings', () => {
  it('given several bookings, then they come page by page, each once, and nobody else sees them', async () => {
    const [dora, erik] = [await customerOf(target, 'dora'), await customerOf(target, 'erik')];
    const ids = [];
    for (let booking = 0; booking < 3; booking++) ids.push(await aConfirmedBooking(target, dora));
    const seen: string[] = [];
    let next = '';
    let pages = 0;
    do {
      const { status, body } = await api(target, dora, `/bookings?limit=2${next}`);
      expect(status).toBe(200);
      expect(body.items.length).toBeLessThanOrEqual(2);
      seen.push(...body.items.map((booking: Item) => booking.id));
      next = body.nextToken === undefined ? '' : `&nextToken=${encodeURIComponent(body.nextToken)}`;
      pages++;
    } while (next !== '');
    expect([...seen].sort()).toEqual([...ids].sort());
    expect(pages).toBeGreaterThanOrEqual(2);
    expect((await api(target, erik, '/bookings')).body).toEqual({ items: [] });
    const byAdmin = await api(target, admin, `/bookings?customer=${encodeURIComponent(dora.sub)}`);
    expect(byAdmin.body.items).toHaveLength(3);
    expect((await api(target, dora, '/bookings?status=CANCELLED')).body.items).toEqual([]);
    expect((await api(target, dora, '/bookings?status=CONFIRMED')).body.items).toHaveLength(3);
  });

  it('given a booking whose cancellation was asked for and has not begun, then every list shows it as GET does', async () => {
    const gina = await customerOf(target, `gina-${randomUUID()}`);
    const [asked, stands] = [randomUUID(), randomUUID()];
    const now = '2026-01-01T00:00:00.000Z';
    for (const id of [asked, stands]) {
      await put(target, {
        ...keys.booking(id),
        id,
        status: 'CONFIRMED',
        customer: gina.sub,
        outboundFlightId: 'f',
        paymentToken: 't',
        checkedIn: false,
        createdAt: now,
        updatedAt: now,
        execution_id: `${id}.x`,
        startedAt: `${now}#${id}.x`,
        ...(id === asked ? { cancelRequestedAt: now } : {}),
      });
    }
    const listed = async (query: string) =>
      (await api(target, gina, `/bookings${query}`)).body.items.map(({ id, status }: Item) => [id, status]);

    expect((await api(target, gina, `/bookings/${asked}`)).body.status).toBe('CANCELLING');
    expect(await listed('?status=CANCELLING')).toEqual([[asked, 'CANCELLING']]);
    expect(await listed('?status=CONFIRMED')).toEqual([[stands, 'CONFIRMED']]);
    expect(await listed('')).toEqual([
      [asked, 'CANCELLING'],
      [stands, 'CONFIRMED'],
    ]);
  });

  it('given a page token of another query, another customer, or a changed one, then 400 names it', async () => {
    const fred = await customerOf(target, 'fred');
    for (let booking = 0; booking < 2; booking++) await aConfirmedBooking(target, fred);
    const { body } = await api(target, fred, '/bookings?limit=1');
    const token: string = body.nextToken;
    const changed = `${token.slice(0, 20)}${token[20] === 'A' ? 'B' : 'A'}${token.slice(21)}`;
    const refused = [
      await api(target, alice, `/bookings?limit=1&nextToken=${token}`),
      await api(target, fred, `/bookings?limit=1&status=CONFIRMED&nextToken=${token}`),
      await api(target, admin, `/bookings?limit=1&customer=${encodeURIComponent(fred.sub)}&nextToken=${token}`),
      await api(target, fred, `/bookings?limit=1&nextToken=${changed}`),
      await api(target, fred, '/bookings?nextToken=eyJwayI6ImEifQ'),
    ];
    for (const answer of refused) expectProblem(answer, { status: 400, field: 'nextToken' });
    expect((await api(target, fred, `/bookings?limit=5&nextToken=${token}`)).status).toBe(200);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=ten', 'limit'],
    ['status=BOOKED', 'status'],
    ['status=', 'status'],
    ['status=CONFIRMED&status=CANCELLED', 'status'],
    ['sort=up', 'sort'],
    ['nextToken=', 'nextToken'],
  ])('given ?%s, then 400 names the parameter', async (query, field) => {
    expectProblem(await api(target, alice, `/bookings?${query}`), { status: 400, field });
  });

  it('given a percent sign without hex digits, then 400', async () => {
    expectProblem(await api(target, alice, '/bookings?status=%ZZ'), { status: 400 });
  });

  it('given a customer who is no Admin and asks for another, then 403 names the parameter', async () => {
    expectProblem(await api(target, alice, '/bookings?customer=bob'), { status: 403, field: 'customer' });
  });
});

const cancel = (customer: Customer | undefined, id: string) =>
  api(target, customer, `/bookings/${id}`, { method: 'DELETE' });

describe('DELETE /bookings/{id}', () => {
  it.each([
    ['its owner', () => alice],
    ['an Admin', () => admin],
  ])('given a confirmed booking, when %s cancels it, then all goes back, and twice is once', async (_, who) => {
    const request = await aBookingRequest(target, alice, wholeTrip);
    const { body } = await postBooking(target, alice, request);
    await bookingAt(target, alice, body.id, 'CONFIRMED');

    const [first, second] = await Promise.all([cancel(who(), body.id), cancel(who(), body.id)]);

    expect([first.status, second.status]).toEqual([202, 202]);
    expect(first.body).toMatchObject({ id: body.id, status: expect.stringMatching(/^CANCELL/) });
    expect((await api(target, alice, `/bookings/${body.id}`)).body.status).toMatch(/^CANCELL/);
    const booking = await bookingAt(target, alice, body.id, 'CANCELLED');
    expect(booking.failureReason).toBe('Cancelled by the customer');
    expect((await itemsOf(target, body.id)).map((item) => item.sk)).toEqual(['BOOKING']);
    expect((await seatsOf(target, String(request.outboundFlightId))).capacity).toBe(5);
    expect(await chargeOf(target, String(request.paymentToken))).toMatchObject({
      charge_status: 'refunded',
      captured_minor: 45_000,
      refunded_minor: 45_000,
    });
    const third = await cancel(who(), body.id);
    expect([third.status, third.body]).toEqual([202, { id: body.id, status: 'CANCELLED' }]);
  });

  it("given another customer's booking, then the answer is that of one that does not exist, and it stands", async () => {
    const id = await aConfirmedBooking(target, alice);
    const [others, absent] = [await cancel(bob, id), await cancel(bob, 'no-such')];
    expectProblem(others, { status: 404 });
    expect(others.text).toBe(absent.text);
    expect(await headerOf(target, id)).toMatchObject({ status: 'CONFIRMED' });
  });

  it('given a booking that is still being made, then 409 says what to do', async () => {
    const id = randomUUID();
    await put(target, {
      pk: id,
      sk: 'BOOKING',
      id,
      status: 'UNCONFIRMED',
      customer: alice.sub,
      outboundFlightId: 'f',
      paymentToken: 't',
      checkedIn: false,
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T00:00:00.000Z',
      execution_id: `${id}.x`,
      startedAt: `2026-01-01T00:00:00.000Z#${id}.x`,
    });
    const answer = await cancel(alice, id);
    expectProblem(answer, { status: 409 });
    expect(answer.body.detail).toMatch(/try again/);
  });

  it('given a booking whose execution Step Functions has forgotten, then it is undone by what it holds', async () => {
    const id = await aConfirmedBooking(target, alice, wholeTrip);
    const outboundFlightId = String((await headerOf(target, id))?.outboundFlightId);
    const paymentToken = String((await headerOf(target, id))?.paymentToken);
    const old = await executionOf(id);
    // Sorts after every other one: the accepted request must not pass for a later run.
    const forgotten = `${id}.${'z'.repeat(18)}`;
    // The same booking as if another execution had made it, of which Step Functions knows nothing.
    for (const item of await itemsOf(target, id)) {
      const startedAt = String(item.startedAt).replace(old, forgotten);
      await put(target, { ...item, execution_id: forgotten, ...(item.sk === 'BOOKING' ? { startedAt } : {}) });
    }
    const { dynamodb, tableName: TableName } = target;
    await dynamodb.send(
      new UpdateCommand({
        TableName,
        Key: { pk: `FLIGHT#${outboundFlightId}`, sk: 'FLIGHT' },
        UpdateExpression: 'SET seatHolds = :holds',
        ExpressionAttributeValues: { ':holds': new Set([forgotten]) },
      }),
    );
    const { capture_key } = await chargeOf(target, paymentToken);
    await dynamodb.send(
      new UpdateCommand({
        TableName,
        Key: { pk: `CHARGE#${paymentToken}`, sk: 'CHARGE' },
        UpdateExpression: 'SET capture_key = :key',
        ExpressionAttributeValues: { ':key': String(capture_key).replace(old, forgotten) },
      }),
    );

    expect((await cancel(alice, id)).status).toBe(202);

    await ended(target, executionArn(target, `${forgotten}.cancel`));
    await bookingAt(target, alice, id, 'CANCELLED');
    expect((await itemsOf(target, id)).map((item) => item.sk)).toEqual(['BOOKING']);
    expect(await seatsOf(target, outboundFlightId)).toEqual({ capacity: 5, holds: [] });
    expect(await chargeOf(target, paymentToken)).toMatchObject({ charge_status: 'refunded' });
  });
});

describe('GET /bookings/{id}/history', () => {
  it('given a booking that was made and cancelled, then it tells both runs state by state', async () => {
    const id = await aConfirmedBooking(target, alice);
    await ended(target, executionArn(target, await executionOf(id)));
    await cancel(alice, id);
    await ended(target, executionArn(target, `${await executionOf(id)}.cancel`));

    const { status, body } = await api(target, alice, `/bookings/${id}/history`);

    expect(status).toBe(200);
    expect(body).toMatchObject({ id, status: 'CANCELLED' });
    expect(body.executions.map((run: Item) => [run.action, run.status])).toEqual([
      ['book', 'SUCCEEDED'],
      ['cancel', 'SUCCEEDED'],
    ]);
    const [made, cancelled] = body.executions;
    expect(made.states.map((state: Item) => state.name)).toEqual([...forwardPath, 'NotifyBookingConfirmed', booked]);
    expect(cancelled.states[1]).toEqual({
      name: 'CancelBooking',
      enteredAt: expect.stringMatching(/Z$/),
      leftAt: expect.stringMatching(/Z$/),
    });
    expect(cancelled.endedAt >= cancelled.startedAt).toBe(true);
  });

  it('given a booking that failed, then the state that failed names its error', async () => {
    const { body } = await postBooking(target, alice, await aBookingRequest(target, alice, { runType: 'failPayment' }));
    await bookingAt(target, alice, body.id, 'CANCELLED');
    await ended(target, executionArn(target, await executionOf(body.id)));

    const history = await api(target, alice, `/bookings/${body.id}/history`);

    const [run] = history.body.executions;
    expect([run.action, run.status]).toEqual(['book', 'FAILED']);
    expect(run.states.map((state: Item) => state.name)).toEqual(undonePath('TakePayment'));
    const failed = run.states.filter((state: Item) => state.error !== undefined);
    expect(failed.map((state: Item) => state.name)).toEqual(['TakePayment']);
  });

  it("given another customer's booking, then the answer is that of one that does not exist", async () => {
    const id = await aConfirmedBooking(target, alice);
    const [others, absent] = [
      await api(target, bob, `/bookings/${id}/history`),
      await api(target, bob, '/bookings/no-such/history'),
    ];
    expect([others.status, others.text]).toEqual([404, absent.text]);
  });
});

describe('the paths of the API', () => {
  it.each([
    ['PUT', '/bookings', 'POST, GET, HEAD'],
    ['PATCH', '/bookings/x', 'GET, HEAD, DELETE'],
    ['POST', '/bookings/x/history', 'GET, HEAD'],
    ['POST', '/health', 'GET, HEAD'],
    ['DELETE', '/openapi.json', 'GET, HEAD'],
  ])('given %s %s, then 405 says what they take, and no demo trip is started', async (method, path, allow) => {
    const answer = await api(target, alice, path, { method });
    expectProblem(answer, { status: 405 });
    expect(answer.headers.get('allow')).toBe(allow);
  });

  it.each(['/bookings/a/b', '/bookings/a/history/b'])('given %s, then there is nothing', async (path) => {
    const { status } = await api(target, alice, path);
    expect(status).toBe(404);
  });

  it.each(['/bookings', '/bookings/x', '/bookings/x/history'])('given nobody, then %s answers 401', async (path) => {
    expect((await api(target, undefined, path)).status).toBe(401);
  });

  it('given nobody, then the document is served as it is committed', async () => {
    const answer = await api(target, undefined, '/openapi.json');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(answer.body).toEqual(document);
  });
});

it('every answer names the request', async () => {
  const answers = [await api(target, alice, '/bookings'), await api(target, alice, '/bookings/no-such')];
  for (const { headers } of answers) expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});
