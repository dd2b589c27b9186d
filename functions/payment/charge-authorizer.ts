import { randomBytes } from 'node:crypto';
import type { PaymentGateway } from './payment-gateway.ts';

/** What `POST /payments/charges` needs of the payment provider. */
export interface ChargeAuthorizer {
  readonly gateway: Pick<PaymentGateway, 'authorize'>;
  /**
   * The id of the request that a customer gave this key: always the same, and different from all others.
   * @throws ChargeRequestConflictError where the provider would not notice that the key came with another request
   */
  requestIdOf(customer: string, key: string, request: unknown): Promise<string>;
}

/** 192 random bits, since the id of a charge is enough to pay with it. */
export const newRequestId = (): string => `ch_${randomBytes(24).toString('base64url')}`;
