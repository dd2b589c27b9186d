import { describe, expect, it } from '@jest/globals';
import { ChargeClosedError, PaymentDeclinedError, PaymentProviderError } from '#functions/payment/payment-errors.ts';
import { stripeCall } from '#functions/payment/stripe/stripe-call.ts';
import { stripeGateway } from '#functions/payment/stripe/stripe-gateway.ts';
import { stripeSecretKey } from '#test/support/stripe-server.ts';
import {
  aRequest,
  authorized,
  gateway,
  intentOf,
  price,
  requestsOf,
  setJitter,
  stripe,
  waits,
} from './stripe-gateway-setup.ts';

describe('a failure at Stripe', () => {
  it.each([
    ['500', [500]],
    ['503 twice', [503, 503]],
    ['a broken connection', ['lost request' as const]],
    ['an answer that gets lost', ['lost reply' as const]],
  ])('%s is tried again by the library under the same key, and done once', async (_, faults) => {
    const charge = await authorized();
    stripe.fail(/capture$/, ...faults);
    const asked = await requestsOf(() => gateway.capture(charge, price));
    const captures = asked.filter(({ path }) => path.endsWith('/capture'));
    expect(captures).toHaveLength(faults.length + 1);
    expect(new Set(captures.map(({ idempotencyKey }) => idempotencyKey))).toEqual(new Set([charge.idempotencyKey]));
    expect(intentOf(charge.token)).toMatchObject({ status: 'succeeded', captured: 45_000 });
  });

  it.each([
    [0, [150, 300]],
    [0.5, [300, 600]],
    [1, [450, 900]],
  ])('too many requests is tried again, later and later, with a jitter of %d', async (jitter, expected) => {
    setJitter(jitter);
    const charge = await authorized();
    stripe.fail(/capture$/, 429, 429);
    await gateway.capture(charge, price);
    expect(intentOf(charge.token).status).toBe('succeeded');
    expect(waits).toEqual(expected);
  });

  it('and does not end is an error that names the request and no customer', async () => {
    const request = aRequest();
    stripe.fail(/^POST/, 429, 429, 429, 429);
    const failed = gateway.authorize(request, price);
    await expect(failed).rejects.toThrow(PaymentProviderError);
    await expect(failed).rejects.toThrow('req_429');
    await expect(failed).rejects.not.toThrow(/alice/);
  });

  it.each(['tok_chargeDeclined', 'tok_chargeDeclinedInsufficientFunds', 'no-token'])(
    'a card (%s) that is declined is declined',
    async (cardToken) => {
      await expect(gateway.authorize(aRequest(cardToken), price)).rejects.toThrow(PaymentDeclinedError);
    },
  );

  it.each([
    ['amount', { amountMinor: 49 }, {}],
    ['amount', { amountMinor: 100_000_000 }, {}],
    ['currency', { currency: 'XYZ' }, {}],
    ['email', {}, { email: 'alice' }],
  ])('a request whose %s it does not take is the client’s mistake', async (field, money, request) => {
    await expect(gateway.authorize({ ...aRequest(), ...request }, { ...price, ...money })).rejects.toMatchObject({
      name: 'InvalidChargeError',
      field,
    });
  });

  it('a key that was replaced is read again', async () => {
    const keys = ['sk_test_old', stripeSecretKey];
    const call = stripeCall({ secretKey: async () => keys.shift() ?? '', apiBase: stripe.url });
    await expect(stripeGateway(call).authorize(aRequest(), price)).rejects.toThrow(PaymentProviderError);
    await expect(stripeGateway(call).authorize(aRequest(), price)).resolves.toMatch(/^pi_/);
    await stripeGateway(call).authorize(aRequest(), price);
    expect(keys).toEqual([]);
  });

  it('a key that cannot be loaded is loaded at the next call', async () => {
    let loads = 0;
    const secretKey = async () => {
      loads++;
      if (loads === 1) throw new Error('no such parameter');
      return stripeSecretKey;
    };
    const twice = stripeGateway(stripeCall({ secretKey, apiBase: stripe.url }));
    await expect(twice.authorize(aRequest(), price)).rejects.toThrow('no such parameter');
    await Promise.all([twice.authorize(aRequest(), price), twice.authorize(aRequest(), price)]);
    expect(loads).toBe(2);
  });
});

describe('a concurrent change', () => {
  /** Lets `work` happen right before the next request that matches. */
  const justBefore = (pattern: RegExp, work: () => Promise<unknown>): void =>
    stripe.onRequest(async ({ method, path }) => {
      if (!pattern.test(`${method} ${path}`)) return;
      stripe.onRequest(undefined);
      await work();
    });

  it('who voids between look and capture makes it a late one', async () => {
    const charge = await authorized();
    justBefore(/capture$/, () => gateway.refundOrVoid(charge));
    await expect(gateway.capture(charge, price)).rejects.toThrow(ChargeClosedError);
    expect(intentOf(charge.token)).toMatchObject({ status: 'canceled', captured: 0 });
  });

  it('who captures between look and cancel gets it back', async () => {
    const charge = await authorized();
    justBefore(/cancel$/, () => gateway.capture(charge, price));
    await gateway.refundOrVoid(charge);
    expect(intentOf(charge.token)).toMatchObject({ status: 'succeeded', captured: 45_000, refunded: 45_000 });
  });

  it('who captures for another payment keeps it', async () => {
    const charge = await authorized();
    const other = { ...charge, idempotencyKey: 'other#1' };
    justBefore(/cancel$/, () => gateway.capture(other, price));
    await gateway.refundOrVoid(charge);
    expect(intentOf(charge.token)).toMatchObject({ captured: 45_000, refunded: 0 });
  });

  it('who refunds first leaves nothing to do', async () => {
    const charge = await authorized();
    await gateway.capture(charge, price);
    justBefore(/refunds$/, async () => {
      intentOf(charge.token).refunded = 45_000;
    });
    await gateway.refundOrVoid(charge);
    expect(intentOf(charge.token)).toMatchObject({ refunded: 45_000 });
  });
});
