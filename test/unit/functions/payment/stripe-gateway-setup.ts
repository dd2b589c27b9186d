import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { PaymentGateway } from '#functions/payment/payment-gateway.ts';
import { stripeCall } from '#functions/payment/stripe/stripe-call.ts';
import { stripeGateway } from '#functions/payment/stripe/stripe-gateway.ts';
import { type StripeServer, startStripeServer, stripeSecretKey } from '#test/support/stripe-server.ts';

export const price = { amountMinor: 45_000, currency: 'USD' };

export let stripe: StripeServer;

export let gateway: PaymentGateway;

export let waits: number[];

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

export const aRequest = (cardToken = 'tok_visa') => ({
  requestId: `ch_${randomUUID()}`,
  cardToken,
  customer: 'alice',
  description: 'Payment by alice@example.com',
  email: 'alice@example.com',
});

export const authorized = async () => ({
  token: await gateway.authorize(aRequest(), price),
  customer: 'alice',
  idempotencyKey: `123#${randomUUID()}`,
});

/** The requests to Stripe while `work` ran. */
export async function requestsOf(work: () => Promise<unknown>) {
  const before = stripe.requests.length;
  await work().catch(() => undefined);
  return stripe.requests.slice(before);
}

export const intentOf = (token: string) => {
  const intent = stripe.intents.get(token);
  if (intent === undefined) throw new Error(`No intent ${token}`);
  return intent;
};

/** Between 0 and 1; every test begins with a half. */
export const setJitter = (value: number): void => {
  random = value;
};
