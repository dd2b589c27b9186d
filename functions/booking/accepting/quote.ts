import { type Quotable, type Quote, quoteOf } from '#functions/trip/quote.ts';
import { InvalidBookingRequestError } from './accepting-errors.ts';

/** The server's price of a trip. @throws InvalidBookingRequestError on dates in the wrong order */
export function quote(trip: Quotable): Quote {
  const quoted = quoteOf(trip);
  if ('rule' in quoted) throw new InvalidBookingRequestError(quoted.field, quoted.rule);
  return quoted;
}
