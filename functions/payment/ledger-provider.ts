import { bookingTable, type Table } from '#functions/shared/table.ts';
import { ledgerGateway } from './ledger-gateway.ts';
import type { PaymentGateway } from './payment-gateway.ts';

/**
 * `#payment-provider` of bundles for stages whose payments are the built-in ledger's. Called once, at load; functions
 * that have the table already give it.
 */
export function paymentGateway(table: Table = bookingTable()): PaymentGateway {
  return ledgerGateway(table);
}
