import { bookingTable, type Table } from '#functions/shared/aws/table.ts';
import type { ChargeAuthorizer } from './charge-authorizer.ts';
import { rememberedRequestId } from './charge-requests.ts';
import { ledgerGateway } from './ledger-gateway.ts';
import type { PaymentGateway } from './payment-gateway.ts';

/**
 * `#payment-provider` of bundles for stages whose payments are the built-in ledger's. Called once, at load; functions
 * that have the table already give it.
 */
export function paymentGateway(table: Table = bookingTable()): PaymentGateway {
  return ledgerGateway(table);
}

export function chargeAuthorizer(table: Table = bookingTable()): ChargeAuthorizer {
  return {
    gateway: ledgerGateway(table),
    requestIdOf: (customer, key, request) => rememberedRequestId(table, customer, key, request),
  };
}
