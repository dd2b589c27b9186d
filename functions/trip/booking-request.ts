import * as z from 'zod/mini';
import { BookingId } from '#schema/http/bookings.ts';
import { messageText } from '#schema/message-text.ts';
import { type RunType, runTypes } from './run-types.ts';

/** Each field has a schema of its own, so that the document can say something else of each. */
const name = () => z.string().check(z.minLength(1), z.maxLength(250), messageText);
const time = () => z.iso.datetime({ offset: true });

/** Body of `POST /bookings`; field names follow the saga's input, a leg that is not asked for is left out. */
export const CreateBooking = z.strictObject({
  id: z.optional(BookingId),
  outboundFlightId: name(),
  paymentToken: name(),
  hotel: z.optional(z.strictObject({ hotel: name(), checkIn: time(), checkOut: time() })),
  rental: z.optional(z.strictObject({ rental: name(), rentalFrom: time(), rentalTo: time() })),
});

/** Stages with fault injection also take what is to fail. */
export const CreateFaultyBooking = z.extend(CreateBooking, {
  runType: z.optional(z.enum(runTypes as [RunType, ...RunType[]])),
  cancelFailureRate: z.optional(z.number().check(z.gte(0), z.lte(1))),
});
