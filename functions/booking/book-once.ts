import type { Caller } from '#functions/api/caller.ts';
import { BookingIdInUseError } from './booking-errors.ts';
import { type BookingKey, bookingIdentity } from './booking-identity.ts';
import { customerOf, visibleTo } from './booking-policy.ts';
import type { Booking } from './booking-view.ts';
import {
  type AcceptedBooking,
  type BookingRequest,
  type ProcessBookingPorts,
  processBooking,
} from './process-booking.ts';

/** What a client may know of a booking that it has asked for. */
export type AskedBooking = Omit<AcceptedBooking, 'price' | 'status' | 'checkedIn'> &
  Pick<Booking, 'status' | 'checkedIn' | 'updatedAt' | 'bookingReference'>;

/**
 * Books once for a client that may name a key, the booking's id, both or nothing. Where it names the id alone, that is
 * the key, too: a repetition finds its booking, however that stands by then, and only a booking that was cancelled is
 * made anew. Where it names nothing every call is a booking of its own.
 * @throws IdempotencyConflictError, UnknownFlightError, BookingIdInUseError where another booking of the caller has the id
 */
export async function bookOnce(
  caller: Caller,
  { key, request }: { readonly key?: string | undefined; readonly request: BookingRequest },
  ports: ProcessBookingPorts,
): Promise<AskedBooking> {
  const accept = async (idempotencyKey: BookingKey | undefined): Promise<AskedBooking> => {
    const accepted = await processBooking(caller, { key: idempotencyKey, request }, ports);
    return { ...accepted, updatedAt: accepted.createdAt };
  };
  const { id } = request;
  if (key !== undefined || id === undefined) return accept(key);

  const present = await ports.bookings.get(id, caller);
  if (present?.status === 'CANCELLED') return accept(keyOf(id, present.execution_id));
  const own = visibleTo(caller, present);
  // Another customer's booking is left to the saga, which refuses the second one: here it does not exist.
  if (own === undefined) return accept(keyOf(id));
  if (!asks(request, caller, own)) throw new BookingIdInUseError(own.status);
  // A request that died before its saga was started is healed by its repetition.
  return own.status === 'UNCONFIRMED' && own.execution_id === firstExecution(caller, id) ? accept(keyOf(id)) : own;
}

/** Bookings of one id come one after the other, each after the one that was cancelled. */
const keyOf = (id: string, cancelled?: string): BookingKey =>
  cancelled === undefined ? ['id', id] : ['id', id, cancelled];

const firstExecution = (caller: Caller, id: string): string =>
  `${id}.${bookingIdentity(customerOf(caller), keyOf(id)).suffix}`;

const asks = (request: BookingRequest, caller: Caller, booking: Booking): boolean =>
  booking.customer === customerOf(caller) &&
  booking.outboundFlightId === request.outboundFlightId &&
  booking.paymentToken === request.paymentToken;
