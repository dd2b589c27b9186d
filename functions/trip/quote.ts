import { allLegs } from '#functions/legs.ts';
import { decimalAmount } from '#functions/shared/money/decimal-amount.ts';
import { largestAmount } from '#schema/saga-input.ts';
import type { BookableFlight } from './bookable-flight.ts';
import type { LegSections } from './booking-request.ts';
import { requestNameOf, sectionValues } from './trip-values.ts';

/** What is priced. */
export interface Quotable extends LegSections {
  readonly flight: Pick<BookableFlight, 'ticketPrice' | 'ticketCurrency'>;
}

export interface Quote {
  readonly amount: string;
  readonly currency: string;
}

/** A field or section of the request that makes no sense, and the rule that it breaks. */
export interface QuoteRefusal {
  readonly field: string;
  readonly rule: string;
}

const tooDear = `makes the trip cost more than ${decimalAmount(largestAmount)}, which no booking may`;

/** The server's price of a trip: the flight's ticket and what each leg costs. Nothing of it comes from a client. */
export function quoteOf({ flight, ...sections }: Quotable): Quote | QuoteRefusal {
  let amount = flight.ticketPrice;
  for (const leg of allLegs) {
    const values = sectionValues(leg, sections);
    if (values === undefined || leg.source.from !== 'request') continue;
    const price = leg.source.price.of(values);
    const nameOf = (field: string): string => requestNameOf(leg, field);
    if (typeof price !== 'number') return { field: nameOf(price.field), rule: price.rule(nameOf) };
    amount += price;
    if (amount > largestAmount) return { field: leg.name, rule: tooDear };
  }
  return { amount: decimalAmount(amount), currency: flight.ticketCurrency };
}
