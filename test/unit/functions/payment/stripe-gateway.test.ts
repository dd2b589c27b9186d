import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ChargeClosedError, PaymentDeclinedError, PaymentProviderError } from '#functions/payment/payment-errors.ts';
import type { PaymentGateway } from '#functions/payment/payment-gateway.ts';
import { mustCapture, undoOf } from '#functions/payment/stripe/decisions.ts';
import { stripeCall } from '#functions/payment/stripe/stripe-call.ts';
import { stripeGateway } from '#functions/payment/stripe/stripe-gateway.ts';
import { stripeAmount } from '#functions/payment/stripe/stripe-money.ts';
import { type StripeServer, startStripeServer, stripeSecretKey } from '#test/support/stripe-server.ts';

const price = { amountMinor: 45_000, currency: 'USD' };

let stripe: StripeServer;
let gateway: PaymentGateway;
let waits: number[];
let random: number;
beforeAll(async () => {
  stripe = await startStripeServer();
});
beforeEach(() => {
  waits = [];
  random = 0.5;
  gateway = stripeGateway(
    stripeCall({
      secretKey: async () => stripeSecretKey,
      apiBase: stripe.url,
      wait: async (milliseconds) => void waits.push(milliseconds),
      random: () => random,
    }),
  );
});
afterEach(() => {
  stripe.heal();
  stripe.onRequest(undefined);
});
afterAll(() => stripe.close());

const aRequest = (cardToken = 'tok_visa') => ({
  requestId: `ch_${randomUUID()}`,
  cardToken,
  customer: 'alice',
  description: 'Payment by alice@example.com',
  email: 'alice@example.com',
});
const authorized = async () => ({
  token: await gateway.authorize(aRequest(), price),
  customer: 'alice',
  idempotencyKey: `123#${randomUUID()}`,
});
/** What was asked of Stripe while `work` ran. */
async function requestsOf(work: () => Promise<unknown>) {
  const before = stripe.requests.length;
  await work().catch(() => undefined);
  return stripe.requests.slice(before);
}
const intentOf = (token: string) => {
  const intent = stripe.intents.get(token);
  if (intent === undefined) throw new Error(`No intent ${token}`);
  return intent;
};

describe('what Stripe is asked', () => {
  it('is a confirmed intent with manual capture for an authorization, under the id of the request', async () => {
    const request = aRequest();
    const [asked, ...more] = await requestsOf(() => gateway.authorize(request, price));
    expect(more).toEqual([]);
    expect(asked).toMatchObject({ method: 'POST', path: '/v1/payment_intents', idempotencyKey: request.requestId });
    expect(Object.fromEntries(asked?.fields ?? [])).toMatchObject({
      amount: '45000',
      currency: 'usd',
      capture_method: 'manual',
      confirm: 'true',
      'payment_method_data[card][token]': 'tok_visa',
      'metadata[customer]': 'alice',
      description: 'Payment by alice@example.com',
      receipt_email: 'alice@example.com',
    });
  });

  it('is a capture under the payment’s key, which stays in the metadata', async () => {
    const charge = await authorized();
    const asked = await requestsOf(() => gateway.capture(charge, price));
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /v1/payment_intents/${charge.token}`,
      `POST /v1/payment_intents/${charge.token}/capture`,
    ]);
    expect(asked[1]?.idempotencyKey).toBe(charge.idempotencyKey);
    expect(intentOf(charge.token).metadata).toEqual({ customer: 'alice', capture_key: charge.idempotencyKey });
  });

  it('is a refund under a key of its own', async () => {
    const charge = await authorized();
    await gateway.capture(charge, price);
    const asked = await requestsOf(() => gateway.refundOrVoid(charge));
    expect(asked.at(-1)).toMatchObject({ path: '/v1/refunds', idempotencyKey: `${charge.idempotencyKey}#refund` });
  });

  it('is nothing for a token that is no intent', async () => {
    const charge = { token: '../charges', customer: 'alice', idempotencyKey: 'k' };
    expect(await requestsOf(() => gateway.refundOrVoid(charge))).toEqual([]);
  });
});

describe('what goes wrong at Stripe', () => {
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
    random = jitter;
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

describe('after a day, when Stripe has forgotten the idempotency keys', () => {
  it('a repeated capture takes nothing again', async () => {
    const charge = await authorized();
    await gateway.capture(charge, price);
    stripe.forgetIdempotencyKeys();
    await gateway.capture(charge, price);
    expect(intentOf(charge.token)).toMatchObject({ captured: 45_000, refunded: 0 });
  });

  it('a repeated refund gives nothing twice, and a late capture is refused', async () => {
    const charge = await authorized();
    await gateway.capture(charge, price);
    await gateway.refundOrVoid(charge);
    stripe.forgetIdempotencyKeys();
    await gateway.refundOrVoid(charge);
    await expect(gateway.capture(charge, price)).rejects.toThrow(ChargeClosedError);
    expect(intentOf(charge.token)).toMatchObject({ captured: 45_000, refunded: 45_000 });
  });
});

describe('somebody faster', () => {
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

describe('decisions', () => {
  const payment = { customer: 'alice', idempotencyKey: 'k' };
  const anIntent = (overrides: object) =>
    ({
      status: 'requires_capture',
      currency: 'usd',
      amount_capturable: 45_000,
      metadata: { customer: 'alice' },
      latest_charge: null,
      ...overrides,
    }) as Parameters<typeof undoOf>[0];

  it.each(['requires_payment_method', 'requires_action', 'processing'])('decline to capture what is %s', (status) => {
    expect(() => mustCapture(anIntent({ status }), payment, price)).toThrow(PaymentDeclinedError);
  });

  it('cancel what was never authorized, and wait for what Stripe is at', () => {
    expect(undoOf(anIntent({ status: 'requires_action' }), payment)).toBe('cancel');
    expect(() => undoOf(anIntent({ status: 'processing' }), payment)).toThrow(PaymentProviderError);
  });

  it.each(['requires_capture', 'requires_action', 'processing'])(
    'leave alone what somebody made in the account for no customer, and is %s',
    (status) => {
      const intent = anIntent({ status, metadata: {} });
      expect(() => mustCapture(intent, payment, price)).toThrow('Payment token is unknown');
      expect(undoOf(intent, payment)).toBe('nothing');
    },
  );

  it('refund the rest of what a person refunded in part', () => {
    const charge = { amount_captured: 45_000, amount_refunded: 100 };
    const intent = anIntent({
      status: 'succeeded',
      metadata: { customer: 'alice', capture_key: 'k' },
      latest_charge: charge,
    });
    expect(undoOf(intent, payment)).toBe('refund');
  });
});

describe('amounts', () => {
  it('of parts that a currency does not have are no charge: the amount is wrong, not the card', async () => {
    const asked = await requestsOf(async () => {
      const call = gateway.authorize(aRequest(), { amountMinor: 45_050, currency: 'JPY' });
      await expect(call).rejects.toMatchObject({ name: 'InvalidChargeError', field: 'amount' });
    });
    expect(asked).toEqual([]);
  });

  it.each([
    ['USD', 45_000, 45_000],
    ['JPY', 45_000, 450],
    ['KWD', 45_000, 450_000],
    ['UGX', 45_000, 45_000],
  ])('are counted in %s as Stripe does', (currency, amountMinor, expected) => {
    expect(stripeAmount({ amountMinor, currency })).toBe(expected);
  });

  it('of parts that a currency does not have are declined', () => {
    expect(() => stripeAmount({ amountMinor: 45_001, currency: 'JPY' })).toThrow(PaymentDeclinedError);
  });
});
