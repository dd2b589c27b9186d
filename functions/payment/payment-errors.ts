/** A charge was asked for under an id that stands for another one. */
export class ChargeRequestConflictError extends Error {
  override readonly name = 'ChargeRequestConflictError';
}

/** The provider failed or could not be reached: whether the call had an effect is unknown. */
export class PaymentProviderError extends Error {
  override readonly name = 'PaymentProviderError';
}
