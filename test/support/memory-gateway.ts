import {
  ChargeClosedError,
  ChargeRequestConflictError,
  PaymentDeclinedError,
  unknownCharge,
} from '#functions/payment/payment-errors.ts';
import type {
  Charge,
  ChargeRequest,
  CustomerCharge,
  Money,
  PaymentGateway,
} from '#functions/payment/payment-gateway.ts';

export interface MemoryCharge {
  readonly status: 'authorized' | 'captured' | 'refunded' | 'voided';
  readonly customer: string;
  /** None where it was voided before it came. */
  readonly money?: Money;
  readonly key?: string;
}

export interface MemoryGateway extends PaymentGateway {
  /** By token. */
  readonly charges: Map<string, MemoryCharge>;
}

/** A payment provider in memory with the promises of its port. */
export function memoryGateway(): MemoryGateway {
  const charges = new Map<string, MemoryCharge>();
  return {
    charges,
    async authorize({ requestId: token, customer }: ChargeRequest, money: Money) {
      const present = charges.get(token);
      if (present === undefined || (present.money === undefined && present.customer !== customer)) {
        charges.set(token, { status: 'authorized', customer, money });
      } else if (present.money === undefined) throw new PaymentDeclinedError(token);
      else if (
        present.customer !== customer ||
        present.money.amountMinor !== money.amountMinor ||
        present.money.currency !== money.currency
      ) {
        throw new ChargeRequestConflictError(token);
      }
      return token;
    },
    async capture({ token, customer, idempotencyKey: key }: CustomerCharge, money: Money) {
      const present = charges.get(token);
      if (present?.customer !== customer) throw unknownCharge();
      if (present.status === 'captured' && present.key === key) return;
      if (present.status === 'voided' || present.status === 'refunded') throw new ChargeClosedError(token);
      const covered = (present.money?.amountMinor ?? 0) >= money.amountMinor;
      if (present.status !== 'authorized' || !covered || present.money?.currency !== money.currency) {
        throw new PaymentDeclinedError(token);
      }
      charges.set(token, { status: 'captured', customer, money, key });
    },
    async refundOrVoid({ token, customer, idempotencyKey: key }: Charge) {
      const present = charges.get(token);
      if (present?.status === 'captured' && present.key === key) charges.set(token, { ...present, status: 'refunded' });
      if (!customer) return;
      if (present === undefined) charges.set(token, { status: 'voided', customer });
      else if (present.status === 'authorized' && present.customer === customer) {
        charges.set(token, { ...present, status: 'voided' });
      }
    },
  };
}
