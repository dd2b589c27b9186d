import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import { ledgerGateway } from '#functions/payment/ledger-gateway.ts';
import type { ChargeRequest, CustomerCharge, PaymentGateway } from '#functions/payment/payment-gateway.ts';
import { stripeCall } from '#functions/payment/stripe/stripe-call.ts';
import { stripeGateway } from '#functions/payment/stripe/stripe-gateway.ts';
import { keys } from '#schema/table.ts';
import { openBookingTable, type TestTable } from '#test/support/booking-table.ts';
import { memoryGateway } from '#test/support/memory-gateway.ts';
import { type StripeServer, startStripeServer, stripeSecretKey } from '#test/support/stripe-server.ts';

export const price = { amountMinor: 45_000, currency: 'USD' };

export interface Standing {
  readonly captured: number;
  readonly refunded: number;
  /** Whether a capture could still come. */
  readonly open: boolean;
}

/** A gateway and a look behind it. */
export interface Subject {
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

export const subjects: Readonly<Record<string, () => Subject>> = {
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
        // The library retries once after a closed connection, even with retries turned off.
        stripe.fail(/^POST/, 'lost reply', 'lost request');
        await run().catch(() => undefined);
        stripe.heal();
      },
    };
  },
};

export const aRequest = (overrides: Partial<ChargeRequest> = {}): ChargeRequest => ({
  requestId: `ch_${randomUUID()}`,
  cardToken: 'tok_visa',
  customer: 'alice',
  ...overrides,
});

export const authorizedAt = async ({ gateway }: Subject): Promise<CustomerCharge> => {
  const token = await gateway.authorize(aRequest(), price);
  return { token, customer: 'alice', idempotencyKey: `1#${randomUUID()}` };
};

export const nothing = { captured: 0, refunded: 0 };
export const taken = { captured: 45_000, refunded: 0, open: false };
export const returned = { captured: 45_000, refunded: 45_000, open: false };
