import { allLegs, type FieldOf, type Leg } from '#functions/legs.ts';
import { type CamelCase, camelCase } from './camel-case.ts';
import type { KeptRun } from './kept-run.ts';

type BookedLegs = {
  readonly [Of in Leg as Of['name']]?: { readonly [Field in FieldOf<Of> as CamelCase<Field>]: string };
};

/** What a customer has booked, by the names that a request has for it. */
export interface BookedTrip extends BookedLegs {
  readonly price?: { readonly amount: string; readonly currency: string };
}

/** Reads what a header has kept of its run's input. It leaves out a leg that is missing or not whole: older releases kept nothing. */
export function bookedTrip(kept: KeptRun | undefined): BookedTrip {
  if (kept === undefined) return {};
  const { amount, currency } = kept;
  const values: Readonly<Record<string, unknown>> = kept;
  const legs = allLegs
    .map(({ name, fields }) => [name, Object.keys(fields).map((field) => [camelCase(field), values[field]])] as const)
    .filter(([, fields]) => fields.every(([, value]) => value !== undefined));
  return {
    ...(amount === undefined || currency === undefined ? {} : { price: { amount, currency } }),
    ...Object.fromEntries(legs.map(([name, fields]) => [name, Object.fromEntries(fields)])),
  };
}
