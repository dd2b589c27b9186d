import { ChargeRequestConflictError } from '#functions/payment/payment-errors.ts';
import type { Charge, ChargeRequest, Money, PaymentGateway } from '#functions/payment/payment-gateway.ts';
import { ChargeClosedError, PaymentDeclinedError } from '#functions/shared/errors.ts';

export interface MemoryCharge {
  readonly status: 'authorized' | 'captured' | 'refunded' | 'voided';
  readonly money: Money;
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
    async authorize({ requestId: token }: ChargeRequest, money: Money) {
      const present = charges.get(token);
      if (present === undefined) charges.set(token, { status: 'authorized', money });
      else if (present.money.amountMinor !== money.amountMinor || present.money.currency !== money.currency) {
        throw new ChargeRequestConflictError(token);
      }
      return token;
    },
    async capture({ token, idempotencyKey: key }: Charge, money: Money) {
      const present = charges.get(token);
      if (present?.status === 'captured' && present.key === key) return;
      if (present?.status === 'voided' || present?.status === 'refunded') throw new ChargeClosedError(token);
      const covered = (present?.money.amountMinor ?? 0) >= money.amountMinor;
      if (present?.status !== 'authorized' || !covered || present.money.currency !== money.currency) {
        throw new PaymentDeclinedError(token);
      }
      charges.set(token, { status: 'captured', money, key });
    },
    async refundOrVoid({ token, idempotencyKey: key }: Charge) {
      const present = charges.get(token);
      if (present === undefined) charges.set(token, { status: 'voided', money: { amountMinor: 0, currency: '' } });
      else if (present.status === 'authorized') charges.set(token, { ...present, status: 'voided' });
      else if (present.status === 'captured' && present.key === key)
        charges.set(token, { ...present, status: 'refunded' });
    },
  };
}
