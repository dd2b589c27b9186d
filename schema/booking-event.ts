import * as z from 'zod/mini';

/** The message on the booking topic. `price` is in the currency's major unit, as the airline sample sends it. */
export const BookingEvent = z.object({
  bookingId: z.string().check(z.minLength(1)),
  customer: z.string().check(z.minLength(1)),
  bookingReference: z.string().check(z.minLength(1)),
  status: z.enum(['CONFIRMED', 'CANCELLED']),
  price: z.number().check(z.gte(0)),
  currency: z.string(),
});
export type BookingEvent = z.infer<typeof BookingEvent>;

/** Message attribute that subscribers filter on. */
export const bookingStatusAttribute = 'Booking.Status';
export const bookingStatusAttributeValues = { CONFIRMED: 'confirmed', CANCELLED: 'cancelled' } as const;
