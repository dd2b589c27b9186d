import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { aCatalogFlight, api, bookingAt, postBooking } from '#test/support/e2e/api.ts';
import { ownErrorName } from '#test/support/e2e/capabilities.ts';
import { type Customer, customerOf } from '#test/support/e2e/customers.ts';
import { ledgerTotals } from '#test/support/e2e/ledger.ts';
import { headerOf, type Item } from '#test/support/e2e/saga.ts';
import { openTarget } from '#test/support/e2e/target.ts';
import { until } from '#test/support/e2e/until.ts';
import { openSuite } from '#test/support/open-suite.ts';

const target = openSuite(openTarget);
let ann: Customer;
beforeAll(async () => {
  ann = await customerOf(target, 'ann');
});

const aCharge = (overrides: Item = {}): Item => ({
  amount: 150,
  currency: 'USD',
  stripeToken: 'tok_visa',
  description: 'Payment by ann@example.com',
  email: 'ann@example.com',
  ...overrides,
});
const charge = (body: unknown, customer: Customer | undefined = ann, headers: Record<string, string> = {}) =>
  api(target, customer, '/payments/charges', { method: 'POST', body, headers });

/** The charge, once it stands so. */
const chargesAre = (token: string, status: string) =>
  until(async () => {
    const totals = await ledgerTotals(target, [token]);
    return totals.charges[status] === 1 ? totals : undefined;
  });

describe('POST /payments/charges', () => {
  it('given a pre-authorized charge, when a flight is booked and cancelled with it, then it is captured and given back', async () => {
    const flight = await aCatalogFlight(target, 5);
    const { status, body } = await charge(aCharge());
    expect(status).toBe(200);
    const paymentToken = body.createdCharge.id;
    expect(await ledgerTotals(target, [paymentToken])).toEqual({
      charges: { authorized: 1 },
      capturedMinor: 0,
      refundedMinor: 0,
      keptMinor: 0,
    });

    const booked = await postBooking(target, ann, { outboundFlightId: flight, paymentToken });
    await bookingAt(target, ann, booked.body.id, 'CONFIRMED');
    expect(await chargesAre(paymentToken, 'captured')).toMatchObject({ capturedMinor: 15_000, keptMinor: 15_000 });

    await api(target, ann, `/bookings/${booked.body.id}`, { method: 'DELETE' });
    expect(await chargesAre(paymentToken, 'refunded')).toMatchObject({ refundedMinor: 15_000, keptMinor: 0 });
  }, 300_000);

  it.each([
    ['too little', { amount: 149.99 }],
    ['another currency', { currency: 'JPY' }],
  ])(
    'given a charge of %s, when a flight is booked with it, then the booking is undone and no money taken',
    async (_, overrides) => {
      const flight = await aCatalogFlight(target, 5);
      const paymentToken = (await charge(aCharge(overrides))).body.createdCharge.id;
      const booked = await postBooking(target, ann, { outboundFlightId: flight, paymentToken });
      await bookingAt(target, ann, booked.body.id, 'CANCELLED');
      expect(await chargesAre(paymentToken, 'voided')).toMatchObject({ capturedMinor: 0 });
    },
    120_000,
  );

  it('given one charge, when two bookings are paid with it, then it pays for one', async () => {
    const flight = await aCatalogFlight(target, 5);
    const paymentToken = (await charge(aCharge())).body.createdCharge.id;
    const first = await postBooking(target, ann, { outboundFlightId: flight, paymentToken });
    await bookingAt(target, ann, first.body.id, 'CONFIRMED');
    const second = await postBooking(target, ann, { outboundFlightId: flight, paymentToken });
    await bookingAt(target, ann, second.body.id, 'CANCELLED');
    expect(await chargesAre(paymentToken, 'captured')).toMatchObject({ keptMinor: 15_000 });
  }, 300_000);

  it('given a charge of another customer, when it is booked with, then it is declined as an unknown one and still pays for its own', async () => {
    const bob = await customerOf(target, 'bob');
    const [flight, dearer] = [await aCatalogFlight(target, 5), await aCatalogFlight(target, 5, { ticketPrice: 999 })];
    const paymentToken = (await charge(aCharge())).body.createdCharge.id;
    const failureOf = async (outboundFlightId: string, token: string) => {
      const { body } = await postBooking(target, bob, { outboundFlightId, paymentToken: token });
      await bookingAt(target, bob, body.id, 'CANCELLED');
      return String((await headerOf(target, body.id))?.failureReason).replaceAll(token, '<token>');
    };

    const unknown = await failureOf(flight, `ch_${randomUUID()}`);
    expect(unknown).toMatch(ownErrorName('PaymentDeclinedError'));
    for (const stolen of [flight, dearer]) {
      expect(await failureOf(stolen, paymentToken)).toBe(unknown);
      expect(await chargesAre(paymentToken, 'authorized')).toMatchObject({ capturedMinor: 0 });
    }

    const booked = await postBooking(target, ann, { outboundFlightId: flight, paymentToken });
    await bookingAt(target, ann, booked.body.id, 'CONFIRMED');
    expect(await failureOf(flight, paymentToken)).toBe(unknown);
    expect(await chargesAre(paymentToken, 'captured')).toMatchObject({ keptMinor: 15_000 });
  }, 120_000);

  it('given an idempotency key, when a request comes again, then the answer is the same, for that customer', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const [first, again] = [await charge(aCharge(), ann, key), await charge(aCharge(), ann, key)];
    expect([again.status, again.body]).toEqual([200, first.body]);
    const bob = await customerOf(target, 'bob');
    expect((await charge(aCharge(), bob, key)).body).not.toEqual(first.body);
    expect(await charge(aCharge({ amount: 151 }), ann, key)).toMatchObject({
      status: 422,
      body: { field: 'Idempotency-Key' },
    });
  });

  it('given a card that is declined, when asked, then the answer says so', async () => {
    const { status, headers, body } = await charge(aCharge({ stripeToken: 'tok_chargeDeclined' }));
    expect([status, headers.get('content-type')]).toEqual([402, 'application/problem+json']);
    expect(body).toMatchObject({ title: 'Card declined', field: 'stripeToken' });
  });

  it('given no token or a wrong body, when asked, then it is refused', async () => {
    expect((await api(target, undefined, '/payments/charges', { method: 'POST', body: aCharge() })).status).toBe(401);
    expect(await charge(aCharge({ amount: -1 }))).toMatchObject({ status: 400, body: { field: 'amount' } });
    expect(await charge({ ...aCharge(), customer: 'bob' })).toMatchObject({ status: 400 });
  });
});
