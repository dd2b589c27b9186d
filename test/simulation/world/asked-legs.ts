import { allLegs } from '#functions/legs.ts';
import type { LegRecord } from '#functions/trip/define-leg.ts';
import { demoSections } from '#functions/trip/demo-trip.ts';
import { type Quote, quoteOf } from '#functions/trip/quote.ts';

/** What a customer of some release asks for: the demo's trip, with the legs that this release has. */
export interface AskedLegs {
  readonly legs: readonly LegRecord[];
  /** Fields of the saga's input that such a trip does not have. */
  readonly missing: readonly string[];
  /** As `POST /bookings` takes them. */
  readonly sections: Partial<typeof demoSections>;
  readonly price: Quote;
}

/** Of each plan's flight. */
export const ticketPrice = 150;

const asked = (legs: readonly LegRecord[]): AskedLegs => {
  const names = new Set(legs.map(({ name }) => name));
  const sections = Object.fromEntries(Object.entries(demoSections).filter(([name]) => names.has(name)));
  const price = quoteOf({ flight: { ticketPrice, ticketCurrency: 'USD' }, ...sections });
  if ('rule' in price) throw new Error(`The trip of plans has no price: ${price.field} ${price.rule}`);
  const missing = allLegs.filter(({ name }) => !names.has(name)).flatMap(({ fields }) => Object.keys(fields));
  return { legs, missing, sections, price };
};

export const allAsked: AskedLegs = asked(allLegs);

/**
 * Of a release before. Its API was there as long as its state machine was the one that new runs take: Terraform updates the
 * machine before the functions that start it, as these have its ARN.
 */
export function askedOf(machine: object): AskedLegs {
  const { States: states } = machine as { readonly States: object };
  return asked(allLegs.filter((leg) => leg.states.reserve in states));
}
