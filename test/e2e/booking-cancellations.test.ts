import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { aBookingRequest, aConfirmedBooking, api, bookingAt, postBooking } from '#test/support/e2e/api.ts';
import { chargeOf, ended, executionArn, headerOf, itemsOf, put, seatsOf } from '#test/support/e2e/saga.ts';
import { cancel, executionOf, expectProblem, wholeTrip } from './bookings-api.ts';
import { admin, alice, bob, target } from './three-customers.ts';

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

  it('given a booking whose execution Step Functions has forgotten, then it is undone from the table’s items', async () => {
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
