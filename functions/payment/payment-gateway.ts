/** A charge that the customer has authorized beforehand; the token stands for it. */
export interface Charge {
  readonly token: string;
  /** Whose payment asks; none where a compensation runs for an input that was refused. */
  readonly customer?: string | undefined;
  /** Names the one payment that may use the charge; a retry with the same key is the same call. */
  readonly idempotencyKey: string;
}

export interface Money {
  /** Integer of minor units, e.g. cents. */
  readonly amountMinor: number;
  readonly currency: string;
}

/** A request to authorize a card. */
export interface ChargeRequest {
  /** The same id is the same request, so it must not be guessable. */
  readonly requestId: string;
  /** What the provider's form in the browser made of the card. */
  readonly cardToken: string;
  readonly customer: string;
  readonly description?: string | undefined;
  readonly email?: string | undefined;
}

/** A charge with the customer who pays. */
export type CustomerCharge = Charge & { readonly customer: string };

/**
 * What the saga needs of a payment provider. A charge belongs to the customer who authorized it: a token alone, which
 * may be stolen, neither pays for another customer nor voids. Every call may be repeated: same key, same effect, once.
 * A refund takes no amount from its caller: it returns the captured amount.
 */
export interface PaymentGateway {
  /**
   * Pre-authorizes a charge. @returns its token; for the same request the same one, in every status of the charge
   * @throws PaymentDeclinedError, InvalidChargeError, ChargeRequestConflictError (the id was used for something else)
   */
  authorize(request: ChargeRequest, money: Money): Promise<string>;

  /**
   * Takes the money, once. Another customer's charge is declined as an unknown one is.
   * @throws PaymentDeclinedError, ChargeClosedError (voided or refunded before)
   */
  capture(charge: CustomerCharge, money: Money): Promise<void>;

  /**
   * Gives back what this key captured, or voids the charge if nothing was captured, so that a late capture is
   * refused. A charge that another payment captured or another customer authorized is left alone; without a customer
   * nothing can have been captured, and nothing is voided. Unknown tokens have nothing to undo.
   */
  refundOrVoid(charge: Charge): Promise<void>;
}
