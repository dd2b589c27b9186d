import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { ledgerGateway } from '#functions/payment/ledger-gateway.ts';
import type { ChargeRequest, PaymentGateway } from '#functions/payment/payment-gateway.ts';
import { keys } from '#schema/table.ts';
import { openBookingTable, type TestTable } from '#test/support/booking-table.ts';

const now = '2026-03-01T10:00:00.000Z';

export let table: TestTable;

export let gateway: PaymentGateway;

beforeAll(async () => {
  table = await openBookingTable();
  gateway = ledgerGateway(table.table, () => now);
});

afterEach(() => table.intercept(undefined));

afterAll(() => table.close());

export const requestOf = (requestId: string): ChargeRequest => ({
  requestId,
  cardToken: 'tok_visa',
  customer: 'alice',
});

export const entry = (token: string) => table.item(keys.charge(token));
