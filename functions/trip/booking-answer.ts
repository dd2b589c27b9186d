import * as z from 'zod/mini';
import { allLegs, type FieldOf, type Leg } from '#functions/legs.ts';
import { BookingAnswer, PageToken, Price } from '#schema/http/bookings.ts';
import { type CamelCase, camelCase } from './camel-case.ts';

type LegShapes = {
  readonly [Of in Leg as Of['name']]: z.ZodMiniOptional<
    z.ZodMiniObject<{ readonly [Field in FieldOf<Of> as CamelCase<Field>]: z.ZodMiniString }>
  >;
};

const legShapes = Object.fromEntries(
  allLegs.map(({ name, fields }) => [
    name,
    z.optional(z.object(Object.fromEntries(Object.keys(fields).map((field) => [camelCase(field), z.string()])))),
  ]),
) as unknown as LegShapes;

const priceShape = { price: z.optional(Price) };

/** What an answer has beside the legs: no leg may have such a name. */
export const ownAnswerNames: readonly string[] = Object.keys({ ...BookingAnswer.shape, ...priceShape });

/** A booking with what was booked, as far as its header has kept it: releases before 2026-11 kept nothing. */
export const BookedBooking = z.extend(BookingAnswer, { ...priceShape, ...legShapes });

/** Answer of `GET /bookings`. */
export const BookingList = z.object({ items: z.array(BookedBooking), nextToken: z.optional(PageToken) });
