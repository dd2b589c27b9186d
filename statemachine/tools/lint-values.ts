import { type LegField, type LegRecord, time } from '#functions/trip/define-leg.ts';
import { demoFlights } from '#schema/demo-flights.ts';
import { demoFlightId } from '#schema/demo-request.ts';
import { describeIssue } from '#schema/describe-issue.ts';
import { calledProblems } from './lint-called.ts';
import { priceProblems } from './lint-price.ts';
import { noneOfItsFields } from './lint-shape.ts';

/** Whether the values of a record make sense, each by itself. @returns one sentence a violation, without the file */
export function valueProblems(leg: LegRecord): string[] {
  const { called, identity, fields, source, demo } = leg;
  const repeated = identity.filter((field, at) => identity.indexOf(field) < at);
  const refused = Object.entries(fields).flatMap(([field, { run, request }]) => {
    const rule = brokenRule(demo[field], source.from === 'request' ? [run, request] : [run]);
    return rule === undefined ? [] : [`demo.${field} is ${JSON.stringify(demo[field])}: it ${rule}`];
  });
  return [
    ...calledProblems(called),
    ...(identity.length === 0 ? ['identity is empty: it takes the fields that the id is derived from'] : []),
    ...repeated.map((field) => `identity has ${field} twice`),
    ...flightValueProblems(leg),
    ...refused,
    ...(source.from === 'request' ? untimedProblems(leg) : []),
    // The price is computed from the demo's values, so these have to be right first.
    ...(refused.length > 0 ? [] : priceProblems(leg)),
  ];
}

/**
 * A field that takes any text lets a customer's "tomorrow" reach the price, which refuses it by a rule of its own, such as
 * "must be after". The customer then does not learn that the form of the time is wrong.
 */
const untimedProblems = ({ fields, demo }: LegRecord): string[] =>
  Object.entries(fields)
    .filter(([field, { request }]) => isTime(demo[field]) && request.safeParse('many').success)
    .map(([field]) => `fields.${field} takes any text, and demo.${field} is a time: make it time()`);

const isTime = (value: unknown): boolean => time().request.safeParse(value).success;

/** Undefined where all of them take the value. */
function brokenRule(value: unknown, schemas: readonly LegField['request' | 'run'][]): string | undefined {
  for (const schema of schemas) {
    const { error } = schema.safeParse(value, { reportInput: true });
    if (error !== undefined) return describeIssue(error).message;
  }
  return undefined;
}

/** By the flight that the demo books. */
function flightValueProblems({ source, fields, identity, demo }: LegRecord): string[] {
  const flight = demoFlights.find(({ id }) => id === demoFlightId);
  if (source.from !== 'flight' || flight === undefined) return [];
  let values: Readonly<Record<string, unknown>>;
  try {
    values = source.valuesOf(flight);
  } catch (error) {
    return [`source.valuesOf fails for the demo's flight: ${(error as Error).message}`];
  }
  return [
    ...Object.keys(values)
      .filter((field) => !Object.hasOwn(fields, field))
      .map((field) => `source.valuesOf makes ${noneOfItsFields([field], fields)}`),
    ...Object.entries(fields).flatMap(([field, { run }]) => {
      const value = values[field];
      if (value === undefined) return [`source.valuesOf does not make ${field}`];
      const rule = brokenRule(value, [run]);
      if (rule !== undefined) return [`source.valuesOf makes ${JSON.stringify(value)} of ${field}: it ${rule}`];
      // The demo's times may differ from those of its flight.
      const fits = identity.includes(field) ? value === demo[field] : isTime(value) === isTime(demo[field]);
      if (fits) return [];
      return [
        `source.valuesOf makes "${value}" of ${field} for the demo's flight, and demo.${field} is "${demo[field]}": both are of one trip`,
      ];
    }),
  ];
}
