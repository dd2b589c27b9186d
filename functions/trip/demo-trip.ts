import { allLegs, type FieldOf, type Leg, requestedLegs } from '#functions/legs.ts';
import { demoFlights } from '#schema/demo-flights.ts';
import { demoFlightId } from '#schema/demo-request.ts';
import type { LegSections } from './booking-request.ts';
import { camelCase } from './camel-case.ts';
import { type Quote, quoteOf } from './quote.ts';

/** The example's trip, as the saga's input has it. */
export const demoTrip = Object.assign({}, ...allLegs.map(({ demo }) => demo)) as {
  readonly [Field in FieldOf<Leg>]: string;
};

/** Its legs, as a customer asks for them. */
export const demoSections = Object.fromEntries(
  requestedLegs.map(({ name, demo }) => [
    name,
    Object.fromEntries(Object.entries(demo).map(([field, value]) => [camelCase(field), value])),
  ]),
) as { readonly [Name in keyof LegSections]-?: NonNullable<LegSections[Name]> };

/** What it costs; quoted by the server, never taken from a client. */
export const demoPrice = priceOfDemo();

function priceOfDemo(): Quote {
  const flight = demoFlights.find(({ id }) => id === demoFlightId);
  if (flight === undefined) throw new Error(`schema/demo-flights.ts has no flight ${demoFlightId}`);
  const quoted = quoteOf({ flight, ...demoSections });
  if ('rule' in quoted) throw new Error(`The demo's trip has no price: ${quoted.field} ${quoted.rule}`);
  return quoted;
}
