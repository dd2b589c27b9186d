import * as z from 'zod/mini';
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

const text = z.string().check(z.minLength(1), z.maxLength(1000));

/** A leg that a booking does not ask for has none of its fields. */
const hotelLeg = { hotel: z.optional(text), check_in: z.optional(text), check_out: z.optional(text) };
const flightLeg = { depart: text, depart_at: text, arrive: text, arrive_at: text };
const rentalLeg = { rental: z.optional(text), rental_from: z.optional(text), rental_to: z.optional(text) };

/** Half a leg would be reserved under an id that misses a part. */
const wholeOrAbsent = (fields: Record<string, unknown>) => {
  const names = Object.keys(fields);
  return z.refine(
    (trip) => new Set(names.map((name) => (trip as Record<string, unknown>)[name] === undefined)).size === 1,
    {
      path: names.slice(0, 1),
      message: `goes with ${names.slice(1).join(' and ')}: give all of them or none`,
    },
  );
};

/** Input of a booking run; further fields pass through unread. */
export const BookingRunInput = z
  .looseObject({
    ...execution,
    customer: keyText,
    ...hotelLeg,
    ...flightLeg,
    ...rentalLeg,
    ...payment,
    ...faults,
    ...undoing,
  })
  .check(
    wholeOrAbsent(hotelLeg),
    wholeOrAbsent(rentalLeg),
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

/**
 * What compensations may rely on: less than the forward steps, since they also run for an input that a forward
 * step refused, and a compensation that refuses its input undoes nothing.
 */
export const CompensationInput = z
  .looseObject({
    ...execution,
    customer: z.optional(z.string()),
    hotel: z.optional(z.string()),
    check_in: z.optional(z.string()),
    depart: z.optional(z.string()),
    arrive: z.optional(z.string()),
    rental: z.optional(z.string()),
    rental_from: z.optional(z.string()),
    payment_token: z.optional(z.string()),
    /** Of an input that was rebuilt from what a booking still holds: a leg that is undone no longer gives it away. */
    payment_id: z.optional(z.string()),
    amount: z.optional(z.string()),
    currency: z.optional(z.string()),
    ...faults,
    ...undoing,
  })
  .check(executionOfTrip);
export type CompensationInput = z.infer<typeof CompensationInput>;
