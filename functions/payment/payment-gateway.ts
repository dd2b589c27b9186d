/** A charge that the customer has authorized beforehand; the token stands for it. */
export interface Charge {
  readonly token: string;
  /** Names the one payment that may use the charge; a retry with the same key is the same call. */
  readonly idempotencyKey: string;
}

export interface Money {
  /** Integer of minor units, e.g. cents. */
  readonly amountMinor: number;
  readonly currency: string;
}

/**
 * What the saga needs of a payment provider. Every call may be repeated: same key, same effect, once.
 * Amounts never come from the caller of the refund: what was captured is what goes back.
 */
export interface PaymentGateway {
  /** Pre-authorizes a charge; again with the same token and amount is success. @throws PaymentDeclinedError */
  authorize(token: string, money: Money): Promise<void>;

  /** Takes the money, once. @throws PaymentDeclinedError, ChargeClosedError (voided or refunded before) */
  capture(charge: Charge, money: Money): Promise<void>;

  /**
   * Gives back what this key captured, or voids the charge if nothing was captured, so that a late capture is
   * refused. A charge that another payment captured is left alone. Unknown tokens are voided too.
   */
  refundOrVoid(charge: Charge): Promise<void>;
}
