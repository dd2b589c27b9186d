import { describe, expect, it } from '@jest/globals';
import { ChargeClosedError, PaymentDeclinedError, PaymentProviderError } from '#functions/payment/payment-errors.ts';
import { mustCapture, undoOf } from '#functions/payment/stripe/decisions.ts';
import { stripeAmount } from '#functions/payment/stripe/stripe-money.ts';
import { aRequest, authorized, gateway, intentOf, price, requestsOf, stripe } from './stripe-gateway-setup.ts';

describe('requests to Stripe', () => {
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

  it('cancel an unauthorized intent, and wait while Stripe processes one', () => {
    expect(undoOf(anIntent({ status: 'requires_action' }), payment)).toBe('cancel');
    expect(() => undoOf(anIntent({ status: 'processing' }), payment)).toThrow(PaymentProviderError);
  });

  it.each(['requires_capture', 'requires_action', 'processing'])(
    'leave alone an intent of the account that has no customer and is %s',
    (status) => {
      const intent = anIntent({ status, metadata: {} });
      expect(() => mustCapture(intent, payment, price)).toThrow('Payment token is unknown');
      expect(undoOf(intent, payment)).toBe('nothing');
    },
  );

  it('refund the rest after a partial refund by hand', () => {
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
