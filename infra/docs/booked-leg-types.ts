import { camelCase } from '#functions/trip/camel-case.ts';
import type { LegRecord } from '#functions/trip/define-leg.ts';

/** GraphQL's types of what a booking has booked: a field of `Booking` and a type for each leg. */
export function bookedLegTypes(legs: readonly LegRecord[]): string {
  const typeOf = ({ itemType }: LegRecord): string => `Booked${itemType}`;
  const fields = legs.map((leg) => `  ${leg.name}: ${typeOf(leg)}`);
  const types = legs.map((leg) => {
    const own = Object.keys(leg.fields).map((field) => `  ${camelCase(field)}: String!`);
    return ['', `type ${typeOf(leg)} {`, ...own, '}'];
  });
  return ['extend type Booking {', ...fields, '}', ...types.flat()].join('\n');
}
