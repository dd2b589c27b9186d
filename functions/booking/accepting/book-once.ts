import type { Booking } from '#functions/booking/booking.ts';
import { customerOf, visibleTo } from '#functions/booking/booking-policy.ts';
import type { Caller } from '#functions/shared/http/caller.ts';
import type { BookingRequest } from '#functions/trip/booking-request.ts';
import { type AcceptBookingPorts, type AcceptedBooking, acceptBooking } from './accept-booking.ts';
import { BookingIdInUseError } from './accepting-errors.ts';
import { type BookingKey, bookingIdentity } from './idempotency-key.ts';
import { isOfRefusedRun, wasRefused } from './refused-run.ts';

/** What a client may know of a booking that it has asked for. */
export type AskedBooking = Omit<AcceptedBooking, 'price' | 'status' | 'checkedIn'> &
  Pick<Booking, 'status' | 'checkedIn' | 'updatedAt' | 'bookingReference' | 'run'>;

/** Most refused runs to skip after a cancelled booking; each costs one or two calls. */
const maxRefusedRuns = 10;

/**
 * Books once for a client that may name a key, the booking's id, both or nothing. An id without a key serves as the key,
 * too: a retry finds its booking in any status, and only a cancelled booking is made anew. Without both, every call makes a
 * new booking.
 * @throws IdempotencyConflictError, UnknownFlightError, BookingIdInUseError where another booking of the caller has the id
 */
export async function bookOnce(
  caller: Caller,
  { key, request }: { readonly key?: string | undefined; readonly request: BookingRequest },
  ports: AcceptBookingPorts,
): Promise<AskedBooking> {
  const accept = async (idempotencyKey: BookingKey | undefined, refused?: readonly string[]): Promise<AskedBooking> => {
    const accepted = await acceptBooking(caller, { key: idempotencyKey, request, refused }, ports);
    if (accepted.kind === 'standing') return accepted.booking;
    const { booking, run } = accepted;
    return { ...booking, updatedAt: booking.createdAt, run };
  };
  const { id } = request;
  if (key !== undefined || id === undefined) return accept(key);

  const present = await ports.bookings.get(id, caller);
  if (present?.status === 'CANCELLED') {
    const { key: next, refused } = await keyAfter(caller, id, present, ports);
    return accept(next, refused);
  }
  const own = visibleTo(caller, present);
  // If the id belongs to another customer, the saga refuses the run; here that booking must look as if it did not exist.
  if (own === undefined) return accept(keyOf(id));
  const header = own.status === 'UNCONFIRMED' ? await ports.bookings.header(id) : own;
  if (header?.status === 'CANCELLED' && (await isOfRefusedRun(caller, own, ports))) {
    const { key: next, refused } = await keyAfter(caller, id, header, ports);
    return accept(next, [...refused, own.execution_id]);
  }
  if (!asks(request, caller, own)) throw new BookingIdInUseError(own.status);
  // A retry starts the saga of a request that died before its start.
  return header === undefined && own.execution_id === firstExecution(caller, id) ? accept(keyOf(id)) : own;
}

/** Bookings of one id come one after the other, each after the one that was cancelled or refused. */
const keyOf = (id: string, before?: string): BookingKey => (before === undefined ? ['id', id] : ['id', id, before]);

const firstExecution = (caller: Caller, id: string): string =>
  `${id}.${bookingIdentity(customerOf(caller), keyOf(id)).suffix}`;

/** The key of the booking that comes after a cancelled one, past the runs that were refused in its place. */
async function keyAfter(
  caller: Caller,
  id: string,
  cancelled: Booking,
  ports: AcceptBookingPorts,
): Promise<{ readonly key: BookingKey; readonly refused: readonly string[] }> {
  const refused: string[] = [];
  let key = keyOf(id, cancelled.execution_id);
  while (refused.length < maxRefusedRuns) {
    const kept = await ports.requests.find(bookingIdentity(customerOf(caller), key).hash);
    if (kept === undefined || !(await wasRefused(kept.run, ports))) break;
    refused.push(kept.run.execution_id);
    key = keyOf(id, kept.run.execution_id);
  }
  return { key, refused };
}

const asks = (request: BookingRequest, caller: Caller, booking: Booking): boolean =>
  booking.customer === customerOf(caller) &&
  booking.outboundFlightId === request.outboundFlightId &&
  booking.paymentToken === request.paymentToken;
