import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { refundPayment, takePayment } from '#functions/payment/payment.ts';
import {
  ChargeClosedError,
  ChargeRequestConflictError,
  PaymentDeclinedError,
} from '#functions/payment/payment-errors.ts';
import { decimalAmount } from '#functions/shared/money/decimal-amount.ts';
import { sized } from '#test/support/load.ts';
import { memoryBookings } from '#test/support/memory-bookings.ts';
import { aTrip, headerOf } from '#test/support/trips.ts';
import { aRequest, authorizedAt, nothing, price, returned, type Subject, subjects, taken } from './gateway-subjects.ts';

describe.each(Object.keys(subjects))('a payment gateway (%s)', (name) => {
  let subject: Subject;
  beforeAll(() => {
    subject = (subjects[name] as () => Subject)();
  });
  const authorized = () => authorizedAt(subject);
  const anotherKey = ({ token }: { token: string }) => ({
    token,
    customer: 'alice',
    idempotencyKey: `2#${randomUUID()}`,
  });

  it('authorizes without taking, and answers the same request with the same token', async () => {
    const request = aRequest();
    const token = await subject.gateway.authorize(request, price);
    await expect(subject.gateway.authorize(request, price)).resolves.toBe(token);
    await expect(subject.gateway.authorize(aRequest(), price)).resolves.not.toBe(token);
    expect(await subject.standing(token)).toEqual({ ...nothing, open: true });
  });

  it('refuses an id that was used for another amount', async () => {
    const request = aRequest();
    await subject.gateway.authorize(request, price);
    const more = { ...price, amountMinor: 45_001 };
    await expect(subject.gateway.authorize(request, more)).rejects.toThrow(ChargeRequestConflictError);
  });

  it('captures once for a key', async () => {
    const charge = await authorized();
    await subject.gateway.capture(charge, price);
    await subject.gateway.capture(charge, price);
    expect(await subject.standing(charge.token)).toEqual(taken);
  });

  it('declines another key, and leaves it its money', async () => {
    const charge = await authorized();
    await subject.gateway.capture(charge, price);
    await expect(subject.gateway.capture(anotherKey(charge), price)).rejects.toThrow(PaymentDeclinedError);
    await subject.gateway.refundOrVoid(anotherKey(charge));
    expect(await subject.standing(charge.token)).toEqual(taken);
  });

  it.each([
    ['more than is authorized', { amountMinor: 45_001, currency: 'USD' }],
    ['another currency', { amountMinor: 45_000, currency: 'KWD' }],
    ['the same number in a cheaper one', { amountMinor: 45_000, currency: 'JPY' }],
  ])('declines %s', async (_, money) => {
    const charge = await authorized();
    await expect(subject.gateway.capture(charge, money)).rejects.toThrow(PaymentDeclinedError);
    expect(await subject.standing(charge.token)).toEqual({ ...nothing, open: true });
  });

  it.each([`token-${randomUUID()}`, 'pi_1234567890', '../charges', 'pi_1/capture'])(
    'declines the unknown token %s, and has nothing to undo for it',
    async (token) => {
      const charge = { token, customer: 'alice', idempotencyKey: randomUUID() };
      await expect(subject.gateway.capture(charge, price)).rejects.toThrow(PaymentDeclinedError);
      await subject.gateway.refundOrVoid(charge);
      expect(await subject.standing(token)).toEqual({ ...nothing, open: false });
    },
  );

  it('refunds a capture once, and does not capture again', async () => {
    const charge = await authorized();
    await subject.gateway.capture(charge, price);
    await subject.gateway.refundOrVoid(charge);
    await subject.gateway.refundOrVoid(charge);
    await expect(subject.gateway.capture(charge, price)).rejects.toThrow(ChargeClosedError);
    expect(await subject.standing(charge.token)).toEqual(returned);
  });

  it('refuses a capture that comes after the void', async () => {
    const charge = await authorized();
    await subject.gateway.refundOrVoid(charge);
    await subject.gateway.refundOrVoid(charge);
    await expect(subject.gateway.capture(charge, price)).rejects.toThrow(ChargeClosedError);
    expect(await subject.standing(charge.token)).toEqual({ ...nothing, open: false });
  });

  it('leaves no money taken when capture and undo come at once', async () => {
    for (let round = 0; round < 5; round++) {
      const charge = await authorized();
      await Promise.allSettled([subject.gateway.capture(charge, price), subject.gateway.refundOrVoid(charge)]);
      await subject.gateway.refundOrVoid(charge);
      const { captured, refunded, open } = await subject.standing(charge.token);
      expect([captured - refunded, open]).toEqual([0, false]);
    }
  });

  it('does the right thing once, with any reply lost', async () => {
    const { losingAReply = (call: () => Promise<unknown>) => call().then(() => undefined) } = subject;
    const request = aRequest();
    await losingAReply(() => subject.gateway.authorize(request, price));
    const token = await subject.gateway.authorize(request, price);
    const charge = { token, customer: 'alice', idempotencyKey: `1#${randomUUID()}` };
    await losingAReply(() => subject.gateway.capture(charge, price));
    expect(await subject.standing(token)).toEqual(taken);
    await subject.gateway.capture(charge, price);
    await losingAReply(() => subject.gateway.refundOrVoid(charge));
    expect(await subject.standing(token)).toEqual(returned);
    await subject.gateway.refundOrVoid(charge);
    expect(await subject.standing(token)).toEqual(returned);
  });

  it('declines a card that is declined', async () => {
    if (name === 'memory') return;
    const declined = aRequest({ cardToken: 'tok_chargeDeclined' });
    await expect(subject.gateway.authorize(declined, price)).rejects.toThrow(PaymentDeclinedError);
  });

  it('ends with no money taken after any calls and an undo of each key', async () => {
    const call = fc.record({
      operation: fc.constantFrom('capture' as const, 'refundOrVoid' as const),
      key: fc.constantFrom('a', 'b'),
      replyLost: fc.boolean(),
    });
    const { losingAReply } = subject;
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 6 }), async (calls) => {
        const token = await subject.gateway.authorize(aRequest(), price);
        const run = randomUUID();
        for (const { operation, key, replyLost } of calls) {
          const perform = () =>
            subject.gateway[operation]({ token, customer: 'alice', idempotencyKey: `${key}#${run}` }, price);
          if (replyLost && losingAReply !== undefined) await losingAReply(perform);
          else await perform().catch(expectRefusal);
          const { captured, refunded } = await subject.standing(token);
          expect([0, 45_000]).toContain(captured);
          expect([0, captured]).toContain(refunded);
        }
        for (const key of ['a', 'b']) {
          await subject.gateway.refundOrVoid({ token, customer: 'alice', idempotencyKey: `${key}#${run}` });
        }
        const { captured, refunded, open } = await subject.standing(token);
        expect([captured - refunded, open]).toEqual([0, false]);
      }),
      { numRuns: sized(40, 15) },
    );
  });

  it('keeps the saga’s promise: a payment that is undone while it is being taken costs nothing', async () => {
    const bookings = memoryBookings();
    const token = await subject.gateway.authorize(aRequest(), price);
    const trip = aTrip({
      payment_token: token,
      amount: decimalAmount(price.amountMinor / 100),
      currency: price.currency,
    });
    await bookings.headers.open(headerOf(trip), trip.started_at);
    const deps = { reservations: bookings.reservations, gateway: subject.gateway };
    await takePayment(trip, deps);
    expect(await subject.standing(token)).toEqual(taken);
    await bookings.headers.fence(trip, { mayUndoConfirmed: true, reason: '', now: trip.started_at });
    await refundPayment(trip, deps);
    await expect(takePayment(trip, deps)).rejects.toMatchObject({ name: 'BookingNotOpenError' });
    expect(await subject.standing(token)).toEqual(returned);
  });
});

function expectRefusal(error: Error): void {
  if (!(error instanceof PaymentDeclinedError || error instanceof ChargeClosedError)) throw error;
}
