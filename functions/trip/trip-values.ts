import { allLegs, type FieldOf, type Leg, type RequestedLeg, requestedLegs } from '#functions/legs.ts';
import type { Only } from '#functions/shared/http/nothing-else.ts';
import type { BookableFlight } from './bookable-flight.ts';
import type { LegSections } from './booking-request.ts';
import { camelCase } from './camel-case.ts';
import type { LegRecord, LegValues } from './define-leg.ts';
import type { BookingRunInput } from './run-input.ts';

type TripValues = Pick<BookingRunInput, FieldOf<Leg>>;
type RequestedValues = Pick<BookingRunInput, FieldOf<RequestedLeg>>;

/** What a request calls a field of a leg: `hotel.checkIn`. */
export const requestNameOf = ({ name }: Pick<LegRecord, 'name'>, field: string): string =>
  `${name}.${camelCase(field)}`;

/** A leg's values in a request, by the names of the saga's input; undefined where it is not asked for. */
export function sectionValues({ name, fields }: LegRecord, sections: LegSections): LegValues<string> | undefined {
  const section = (sections as Readonly<Record<string, Readonly<Record<string, string>> | undefined>>)[name];
  if (section === undefined) return undefined;
  return Object.fromEntries(Object.keys(fields).map((field) => [field, section[camelCase(field)] ?? '']));
}

/** The fields of the legs that are asked for, as the saga's input has them. */
export const requestedValues = (sections: LegSections): RequestedValues =>
  Object.assign({}, ...allLegs.map((leg) => sectionValues(leg, sections))) as RequestedValues;

/** The fields of all legs of the trip, as the saga's input has them. */
export const tripValues = <Sections extends LegSections>(
  flight: BookableFlight,
  sections: Only<Sections, LegSections>,
): TripValues =>
  Object.assign(
    {},
    ...allLegs.map((leg) =>
      leg.source.from === 'flight' ? leg.source.valuesOf(flight) : sectionValues(leg, sections),
    ),
  ) as TripValues;

/** The requested legs' fields of a run's input. */
export const requestedFields: readonly string[] = requestedLegs.flatMap(({ fields }) => Object.keys(fields));
