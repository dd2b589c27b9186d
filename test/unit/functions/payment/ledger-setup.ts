import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll } from '@jest/globals';
import { ledgerGateway } from '#functions/payment/ledger-gateway.ts';
import type { ChargeRequest, CustomerCharge, PaymentGateway } from '#functions/payment/payment-gateway.ts';
import { keys } from '#schema/table.ts';
import { openBookingTable } from '#test/support/booking-table.ts';
import { openSuite } from '#test/support/open-suite.ts';

const now = '2026-03-01T10:00:00.000Z';

export const table = openSuite(openBookingTable);

export let gateway: PaymentGateway;

beforeAll(() => {
  gateway = ledgerGateway(table.table, () => now);
});

afterEach(() => table.intercept(undefined));

export const requestOf = (requestId: string): ChargeRequest => ({
  requestId,
  cardToken: 'tok_visa',
  customer: 'alice',
});

export const entry = (token: string) => table.item(keys.charge(token));

export const price = { amountMinor: 45_000, currency: 'USD' };

export const aCharge = (overrides: Partial<CustomerCharge> = {}): CustomerCharge => ({
  token: randomUUID(),
  customer: 'alice',
  idempotencyKey: randomUUID(),
  ...overrides,
});

export const anAuthorizedCharge = async (): Promise<CustomerCharge> => {
  const charge = aCharge();
  await gateway.authorize(requestOf(charge.token), price);
  return charge;
};

export const balance = (charge_status: string, captured_minor: number, refunded_minor: number) => ({
  charge_status,
  authorized_minor: 45_000,
  captured_minor,
  refunded_minor,
});
