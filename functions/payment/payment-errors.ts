import { SagaError } from '#functions/shared/saga/saga-error.ts';

/** The gateway refuses to capture: unknown token, too little authorized, used for another payment. */
export class PaymentDeclinedError extends SagaError {
  override readonly name = 'PaymentDeclinedError';
  override readonly retryable = false;
}

/** The charge was voided or refunded, so a late capture is refused. */
export class ChargeClosedError extends SagaError {
  override readonly name = 'ChargeClosedError';
  override readonly retryable = false;
}

/** Another customer's charge is refused in the same words as an unknown one. */
export const unknownCharge = (): PaymentDeclinedError =>
  new PaymentDeclinedError('Payment token is unknown: authorize the charge first');

/** A charge was asked for under an id that stands for another one. */
export class ChargeRequestConflictError extends Error {
  override readonly name = 'ChargeRequestConflictError';
}

/** The provider failed or could not be reached: whether the call had an effect is unknown. */
export class PaymentProviderError extends Error {
  override readonly name = 'PaymentProviderError';
}

export type ChargeField = 'amount' | 'currency' | 'cardToken' | 'description' | 'email';

/** The provider does not take this of a request: an amount below its least, a currency that it does not know. */
export class InvalidChargeError extends Error {
  override readonly name = 'InvalidChargeError';
  readonly field: ChargeField;

  constructor(field: ChargeField, reason: string) {
    super(reason);
    this.field = field;
  }
}
