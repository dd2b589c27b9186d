import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from '@jest/globals';
import { unfinishedShardOf } from '#schema/table.ts';
import { aBookingRequest, api, bookingAt, postBooking } from '#test/support/e2e/api.ts';
import { type Customer, customerOf } from '#test/support/e2e/customers.ts';
import { chargeOf, headerOf, seatsOf } from '#test/support/e2e/saga.ts';
import { until } from '#test/support/e2e/until.ts';
import { openFaultyCloud } from '#test/support/faulty-cloud.ts';
import { openSuite } from '#test/support/open-suite.ts';

const target = openSuite(openFaultyCloud);
let alice: Customer;
beforeAll(async () => {
  alice = await customerOf(target, 'alice');
});

/** Takes an action away from the bookings API until the returned function is called. */
function without(action: string): () => void {
  const { iam } = target.cloud;
  const permission = iam.policies().find((one) => one.policy.includes('.Bookings_') && one.action === action);
  if (permission === undefined) throw new Error(`The bookings API has no ${action}`);
  return iam.without(permission);
}

it('given a request that died before its saga was started, when repeated, then the one booking is made', async () => {
  const request = await aBookingRequest(target, alice);
  const key = randomUUID();
  const giveBack = without('states:StartExecution');
  const died = await postBooking(target, alice, request, key);
  giveBack();

  const repeated = await postBooking(target, alice, request, key);
  const again = await postBooking(target, alice, request, key);

  expect(died.status).toBe(500);
  expect([repeated.status, again.text]).toEqual([202, repeated.text]);
  await bookingAt(target, alice, repeated.body.id, 'CONFIRMED');
  expect((await seatsOf(target, String(request.outboundFlightId))).capacity).toBe(4);
  expect(await chargeOf(target, String(request.paymentToken))).toMatchObject({ captured_minor: 15_000 });
});

it('given a request that died before it was kept, when repeated with another body, then that one is booked', async () => {
  const [request, other] = [await aBookingRequest(target, alice), await aBookingRequest(target, alice)];
  const key = randomUUID();
  const giveBack = without('dynamodb:PutItem');
  const died = await postBooking(target, alice, request, key);
  giveBack();

  const { status, body } = await postBooking(target, alice, other, key);

  expect([died.status, status]).toEqual([500, 202]);
  await bookingAt(target, alice, body.id, 'CONFIRMED');
  expect((await seatsOf(target, String(request.outboundFlightId))).capacity).toBe(5);
});

it('given a cancellation whose run cannot be started, then it is 503 and shown at once, and a repetition starts it', async () => {
  const request = await aBookingRequest(target, alice);
  const { body } = await postBooking(target, alice, request);
  await bookingAt(target, alice, body.id, 'CONFIRMED');
  const cancel = () => api(target, alice, `/bookings/${body.id}`, { method: 'DELETE' });
  const since = Date.now();
  const giveBack = without('states:StartExecution');
  const delayed = await cancel();
  giveBack();
  const shown = await api(target, alice, `/bookings/${body.id}`);
  const header = await headerOf(target, body.id);
  const repeated = await cancel();

  expect([delayed.status, delayed.headers.get('retry-after')]).toEqual([503, '10']);
  expect(delayed.body).toMatchObject({ title: 'Cancellation delayed', status: 503 });
  const lines = target.cloud.logs.lines({ group: '/aws/lambda/booking-saga-local-bookings', since });
  expect(JSON.stringify(lines)).toContain('AccessDenied');
  expect(shown.body.status).toBe('CANCELLING');
  expect(header).toMatchObject({
    status: 'CONFIRMED',
    cancelRequestedAt: expect.any(String),
    unfinishedShard: unfinishedShardOf(body.id),
  });
  expect(repeated.status).toBe(202);
  await bookingAt(target, alice, body.id, 'CANCELLED');
  expect(await chargeOf(target, String(request.paymentToken))).toMatchObject({ refunded_minor: 15_000 });
});

it('given a server error, then the answer shows only the id under which the log has it', async () => {
  const giveBack = without('dynamodb:GetItem');
  const since = Date.now();
  const { status, headers, body } = await api(target, alice, '/bookings/some-id');
  giveBack();

  expect([status, headers.get('content-type')]).toEqual([500, 'application/problem+json']);
  expect(body).toEqual({
    type: 'about:blank',
    title: 'Internal server error',
    status: 500,
    requestId: headers.get('x-request-id'),
  });
  const logged = (group: string) =>
    target.cloud.logs
      .lines({ group, since })
      .filter(({ message }) => message.startsWith('{'))
      .map(({ message }) => JSON.parse(message) as Record<string, unknown>);
  const failures = logged('/aws/lambda/booking-saga-local-bookings').filter(({ level }) => level === 'ERROR');
  expect(JSON.stringify(failures)).toContain('AccessDenied');
  expect(failures).toEqual([
    expect.objectContaining({ correlation_id: body.requestId, route: 'GET /bookings/{id}', trip_id: 'some-id' }),
  ]);
  // The gateway writes its line once it has sent the answer.
  const [access] = await until(async () => {
    const lines = logged('/aws/vendedlogs/http-api/booking-saga-local');
    return lines.length > 0 ? lines : undefined;
  });
  expect(access).toMatchObject({ requestId: body.requestId, status: '500' });
});
