import * as z from 'zod/mini';
import {
  allLegs,
  type FieldOf,
  type Leg,
  type RequestedLeg,
  type RequiredLeg,
  requestedLegs,
} from '#functions/legs.ts';
import {
  execution,
  executionOfTrip,
  faults,
  fitForMessages,
  keyText,
  maxInputCharacters,
  payment,
  undoing,
} from '#schema/saga-input.ts';
import type { LegField } from './define-leg.ts';

type RunField = LegField['run'];
type LegShape = { readonly [Field in FieldOf<RequiredLeg>]: RunField } & {
  readonly [Field in FieldOf<RequestedLeg>]: z.ZodMiniOptional<RunField>;
};

/** A leg that a booking does not ask for has none of its fields. */
const legFields = Object.fromEntries(
  allLegs.flatMap(({ source, fields }) =>
    Object.entries(fields).map(([name, { run }]) => [name, source.from === 'request' ? z.optional(run) : run]),
  ),
) as LegShape;

/** Half a leg would be reserved under an id that misses a part. */
const wholeOrAbsent = (names: readonly string[]) =>
  z.refine((trip) => new Set(names.map((name) => (trip as Record<string, unknown>)[name] === undefined)).size === 1, {
    path: names.slice(0, 1),
    message: `goes with ${names.slice(1).join(' and ')}: give all of them or none`,
  });

/**
 * Parsed loosely: what the machine and other releases add passes through unread. Typed exactly: a field that no leg has
 * does not compile, where an index signature would take any name.
 */
const loosely = <Shape extends z.core.$ZodShape>(shape: Shape) =>
  z.looseObject(shape) as unknown as z.ZodMiniObject<Shape, z.core.$strip>;

const opening = { ...execution, customer: keyText };
const closing = { ...payment, ...faults, ...undoing };

/** Input of a booking run. */
export const BookingRunInput = loosely({ ...opening, ...legFields, ...closing }).check(
  ...requestedLegs.map(({ fields }) => wholeOrAbsent(Object.keys(fields))),
  executionOfTrip,
  z.check(fitForMessages),
  z.refine((run) => JSON.stringify(run).length <= maxInputCharacters, {
    message: `must be at most ${maxInputCharacters} characters of JSON`,
  }),
);
export type BookingRunInput = z.infer<typeof BookingRunInput>;

/** What the state machine adds to the input of `ReserveBooking` alone: `$$.Execution.StartTime`. */
export const openedAtField = 'opened_at';
export const OpeningRunInput = z.extend(BookingRunInput, { [openedAtField]: z.optional(z.string()) });
export type OpeningRunInput = z.infer<typeof OpeningRunInput>;

const asItComes = z.optional(z.string());
const identityFields = Object.fromEntries(
  allLegs.flatMap(({ identity }) => identity.map((name) => [name, asItComes])),
) as { readonly [Field in Leg['identity'][number]]: typeof asItComes };

/** Of an input that was rebuilt from what a booking still holds: a leg that is undone no longer gives it away. */
const rebuilt = { payment_id: asItComes };

/** What the saga's input has beside the legs: no leg may have such a field. */
export const ownRunFields: readonly string[] = Object.keys({
  ...opening,
  ...closing,
  ...rebuilt,
  [openedAtField]: undefined,
});

/**
 * What compensations may rely on: less than the forward steps, since they also run for an input that a forward
 * step refused, and a compensation that refuses its input undoes nothing.
 */
export const CompensationInput = loosely({
  ...execution,
  customer: asItComes,
  ...identityFields,
  payment_token: asItComes,
  ...rebuilt,
  amount: asItComes,
  currency: asItComes,
  ...faults,
  ...undoing,
}).check(executionOfTrip);
export type CompensationInput = z.infer<typeof CompensationInput>;
