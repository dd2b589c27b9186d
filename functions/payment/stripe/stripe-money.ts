import { PaymentDeclinedError } from '../payment-errors.ts';
import type { Money } from '../payment-gateway.ts';

/** https://docs.stripe.com/currencies#zero-decimal; UGX is sent with two decimals in spite of having none. */
const withoutDecimals = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '));
const withThreeDecimals = new Set('BHD JOD KWD OMR TND'.split(' '));

/** Whether Stripe can charge it at all. */
export const isChargeable = ({ amountMinor, currency }: Money): boolean =>
  !withoutDecimals.has(currency.toUpperCase()) || amountMinor % 100 === 0;

/** The amount as Stripe counts it: in the currency's smallest unit, where ours are always hundredths. */
export function stripeAmount({ amountMinor, currency }: Money): number {
  if (withThreeDecimals.has(currency.toUpperCase())) return amountMinor * 10;
  if (!withoutDecimals.has(currency.toUpperCase())) return amountMinor;
  if (!isChargeable({ amountMinor, currency })) throw new PaymentDeclinedError(`${currency} has no decimals`);
  return amountMinor / 100;
}
