import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ledgerGateway } from '#functions/payment/ledger-gateway.ts';
import { refundPayment, takePayment } from '#functions/payment/payment.ts';
import {
  ChargeClosedError,
  ChargeRequestConflictError,
  PaymentDeclinedError,
} from '#functions/payment/payment-errors.ts';
import type { ChargeRequest, CustomerCharge, PaymentGateway } from '#functions/payment/payment-gateway.ts';
import { stripeCall } from '#functions/payment/stripe/stripe-call.ts';
import { stripeGateway } from '#functions/payment/stripe/stripe-gateway.ts';
import { keys } from '#schema/table.ts';
import { openBookingTable, type TestTable } from '#test/support/booking-table.ts';
import { memoryBookings } from '#test/support/memory-bookings.ts';
import { memoryGateway } from '#test/support/memory-gateway.ts';
import { type StripeServer, startStripeServer, stripeSecretKey } from '#test/support/stripe-server.ts';
import { aTrip, headerOf } from '#test/support/trips.ts';

const price = { amountMinor: 45_000, currency: 'USD' };

interface Standing {
  readonly captured: number;
  readonly refunded: number;
  /** Whether a capture could still come. */
  readonly open: boolean;
}

/** A gateway and a look behind it. */
interface Subject {
  readonly gateway: PaymentGateway;
  standing(token: string): Promise<Standing>;
  /** The call's first request reaches the provider, its answer gets lost; undefined where there is no wire. */
  readonly losingAReply?: (call: () => Promise<unknown>) => Promise<void>;
}

let table: TestTable;
let stripe: StripeServer;
beforeAll(async () => {
  table = await openBookingTable();
  stripe = await startStripeServer();
});
afterAll(async () => {
  await table.close();
  await stripe.close();
});

const subjects: Readonly<Record<string, () => Subject>> = {
  memory() {
    const gateway = memoryGateway();
    return {
      gateway,
      async standing(token) {
        const { status, money = price } = gateway.charges.get(token) ?? { status: 'voided' };
        const captured = status === 'captured' || status === 'refunded' ? money.amountMinor : 0;
        return { captured, refunded: status === 'refunded' ? captured : 0, open: status === 'authorized' };
      },
    };
  },
  ledger: () => ({
    gateway: ledgerGateway(table.table),
    async standing(token) {
      const entry = (await table.item(keys.charge(token))) ?? {};
      return {
        captured: Number(entry.captured_minor ?? 0),
        refunded: Number(entry.refunded_minor ?? 0),
        open: entry.charge_status === 'authorized',
      };
    },
    async losingAReply(call) {
      table.intercept(async (operation, input, perform) => {
        table.intercept(undefined);
        await perform(operation, input);
        throw Object.assign(new Error('connection reset'), { name: 'ReplyLost' });
      });
      await call().catch(() => undefined);
      table.intercept(undefined);
    },
  }),
  stripe() {
    const call = stripeCall({
      secretKey: async () => stripeSecretKey,
      apiBase: stripe.url,
      maxNetworkRetries: 0,
      wait: async () => undefined,
    });
    return {
      gateway: stripeGateway(call),
      async standing(token) {
        const intent = stripe.intents.get(token);
        return {
          captured: intent?.captured ?? 0,
          refunded: intent?.refunded ?? 0,
          open: intent?.status === 'requires_capture',
        };
      },
      async losingAReply(run) {
        // The library repeats a closed connection once, whatever it was told.
        stripe.fail(/^POST/, 'lost reply', 'lost request');
        await run().catch(() => undefined);
        stripe.heal();
      },
    };
  },
};

const aRequest = (overrides: Partial<ChargeRequest> = {}): ChargeRequest => ({
  requestId: `ch_${randomUUID()}`,
  cardToken: 'tok_visa',
  customer: 'alice',
  ...overrides,
});

describe.each(Object.keys(subjects))('a payment gateway (%s)', (name) => {
  let subject: Subject;
  beforeAll(() => {
    subject = (subjects[name] as () => Subject)();
  });
  const authorized = async () => {
    const token = await subject.gateway.authorize(aRequest(), price);
    return { token, customer: 'alice', idempotencyKey: `1#${randomUUID()}` };
  };
  const anotherKey = ({ token }: { token: string }) => ({
    token,
    customer: 'alice',
    idempotencyKey: `2#${randomUUID()}`,
  });
  const nothing = { captured: 0, refunded: 0 };
  const taken = { captured: 45_000, refunded: 0, open: false };
  const returned = { captured: 45_000, refunded: 45_000, open: false };

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

  it('gives back what was captured, once, and takes it no second time', async () => {
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

  it('does the right thing once whatever replies get lost', async () => {
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
      { numRuns: 40 },
    );
  });

  describe('that belongs to somebody else', () => {
    const bobs = ({ token }: { token: string }) => ({ token, customer: 'bob', idempotencyKey: `3#${randomUUID()}` });
    const refusalOf = (charge: CustomerCharge) =>
      subject.gateway.capture(charge, price).then(
        () => 'captured',
        (error: Error) => `${error.name}: ${error.message}`,
      );
    const unknown = () => refusalOf(bobs({ token: name === 'stripe' ? 'pi_unknown' : randomUUID() }));

    it('refuses an id that stands for another customer’s charge', async () => {
      const request = aRequest();
      await subject.gateway.authorize(request, price);
      const stolen = subject.gateway.authorize({ ...request, customer: 'bob' }, price);
      await expect(stolen).rejects.toThrow(ChargeRequestConflictError);
    });

    it('pays with it in no state of it, and tells nothing that it would not of an unknown one', async () => {
      const charge = await authorized();
      const refusals = [await refusalOf(bobs(charge))];
      await subject.gateway.capture(charge, price);
      refusals.push(await refusalOf(bobs(charge)), await refusalOf({ ...charge, customer: 'bob' }));
      await subject.gateway.refundOrVoid(charge);
      refusals.push(await refusalOf(bobs(charge)));
      const voided = await authorized();
      await subject.gateway.refundOrVoid(voided);
      refusals.push(await refusalOf(bobs(voided)));
      expect(new Set(refusals)).toEqual(new Set([await unknown()]));
      expect(await unknown()).toMatch(/^PaymentDeclinedError: Payment token is unknown/);
    });

    it('leaves it alone when another customer’s payment is undone, so that it still pays', async () => {
      const charge = await authorized();
      await subject.gateway.refundOrVoid(bobs(charge));
      expect(await subject.standing(charge.token)).toEqual({ ...nothing, open: true });
      await subject.gateway.capture(charge, price);
      await subject.gateway.refundOrVoid(bobs(charge));
      expect(await subject.standing(charge.token)).toEqual(taken);
    });

    it.each([[undefined], ['']])(
      'voids nothing for the customer %j, but gives back what the key captured',
      async (customer) => {
        const charge = await authorized();
        await subject.gateway.refundOrVoid({ ...charge, customer });
        expect(await subject.standing(charge.token)).toEqual({ ...nothing, open: true });
        await subject.gateway.capture(charge, price);
        await subject.gateway.refundOrVoid({ ...charge, customer });
        expect(await subject.standing(charge.token)).toEqual(returned);
      },
    );

    it('keeps no charge from coming that another customer voided before, though the own void does', async () => {
      if (name === 'stripe') return; // whose tokens exist only once it has made them
      const [request, own] = [aRequest(), aRequest()];
      await subject.gateway.refundOrVoid(bobs({ token: request.requestId }));
      await expect(refusalOf({ ...bobs({ token: request.requestId }), customer: 'alice' })).resolves.toBe(
        await unknown(),
      );
      const token = await subject.gateway.authorize(request, price);
      await subject.gateway.refundOrVoid(bobs({ token }));
      expect(await subject.standing(token)).toEqual({ ...nothing, open: true });
      await expect(refusalOf(bobs({ token }))).resolves.toBe(await unknown());

      await subject.gateway.refundOrVoid({ ...bobs({ token: own.requestId }), customer: 'alice' });
      await expect(subject.gateway.authorize(own, price)).rejects.toThrow(PaymentDeclinedError);
    });
  });

  it('keeps the saga’s promise: a payment that is undone while it is being taken costs nothing', async () => {
    const bookings = memoryBookings();
    const token = await subject.gateway.authorize(aRequest(), price);
    const trip = aTrip({ payment_token: token });
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
