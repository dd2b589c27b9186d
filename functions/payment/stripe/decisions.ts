import type Stripe from 'stripe';
import { ChargeClosedError, PaymentDeclinedError, PaymentProviderError, unknownCharge } from '../payment-errors.ts';
import type { Charge, CustomerCharge, Money } from '../payment-gateway.ts';
import { stripeAmount } from './stripe-money.ts';

/** Metadata of an intent: the key of the payment that captured it. Unlike Stripe's idempotency keys it does not lapse. */
export const captureKeyField = 'capture_key';

/** Metadata of an intent: who authorized it. Intents that others made in the account have none. */
export const customerField = 'customer';

/** What the decisions look at, of an intent with its latest charge expanded. */
export type IntentState = Pick<
  Stripe.PaymentIntent,
  'status' | 'currency' | 'amount_capturable' | 'metadata' | 'latest_charge'
>;

/**
 * @returns whether the capture has still to be made
 * @throws PaymentDeclinedError, ChargeClosedError
 */
export function mustCapture(
  intent: IntentState | undefined,
  { customer, idempotencyKey: key }: Omit<CustomerCharge, 'token'>,
  money: Money,
): boolean {
  if (intent === undefined || intent.metadata[customerField] !== customer) throw unknownCharge();
  switch (intent.status) {
    case 'succeeded':
      if (intent.metadata[captureKeyField] !== key)
        throw new PaymentDeclinedError('Payment token paid for something else');
      if (refundedOf(intent) > 0) throw new ChargeClosedError('Payment token was refunded');
      return false;
    case 'canceled':
      throw new ChargeClosedError('Payment token was voided');
    case 'requires_capture':
      // The amount alone would let a charge in a cheaper currency pay.
      if (intent.currency !== money.currency.toLowerCase() || intent.amount_capturable < stripeAmount(money)) {
        throw new PaymentDeclinedError('Payment token is authorized for less, or in another currency');
      }
      return true;
    default:
      throw new PaymentDeclinedError(`Payment token is not authorized: ${intent.status}`);
  }
}

/** What has to be done so that this key holds no money and none can be captured for the customer any more. */
export function undoOf(
  intent: IntentState | undefined,
  { customer, idempotencyKey: key }: Omit<Charge, 'token'>,
): 'nothing' | 'cancel' | 'refund' {
  if (intent === undefined || intent.status === 'canceled') return 'nothing';
  if (intent.status === 'succeeded') {
    if (intent.metadata[captureKeyField] !== key) return 'nothing';
    return refundedOf(intent) < capturedOf(intent) ? 'refund' : 'nothing';
  }
  if (!customer || intent.metadata[customerField] !== customer) return 'nothing';
  switch (intent.status) {
    case 'processing':
      throw new PaymentProviderError('Stripe is still processing the charge: try again later');
    default:
      return 'cancel';
  }
}

const chargeOf = ({ latest_charge: charge }: IntentState): Stripe.Charge => {
  if (charge === null || typeof charge === 'string') throw new Error('The intent was read without its charge');
  return charge;
};
const refundedOf = (intent: IntentState): number => chargeOf(intent).amount_refunded;
const capturedOf = (intent: IntentState): number => chargeOf(intent).amount_captured;
