import type { Caller } from '#functions/api/caller.ts';
import type { BookingRunInput } from '#schema/saga-input.ts';
import { BookingIdInUseError } from './booking-errors.ts';
import { type BookingKey, bookingIdentity } from './booking-identity.ts';
import { customerOf, visibleTo } from './booking-policy.ts';
import type { Booking } from './booking-view.ts';
import { startedAtOf } from './header-store.ts';
import type { BookingRequest } from './new-run.ts';
import { type AcceptedBooking, type ProcessBookingPorts, processBooking } from './process-booking.ts';
import { startOnce } from './start-once.ts';

/** What a client may know of a booking that it has asked for. */
export type AskedBooking = Omit<AcceptedBooking, 'price' | 'status' | 'checkedIn'> &
  Pick<Booking, 'status' | 'checkedIn' | 'updatedAt' | 'bookingReference'>;

/** Runs of a cancelled booking that may have been refused before one is made; each takes a call or two to pass over. */
const maxRefusedRuns = 10;

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
  const accept = async (idempotencyKey: BookingKey | undefined, refused?: readonly string[]): Promise<AskedBooking> => {
    const { kind, booking } = await processBooking(caller, { key: idempotencyKey, request, refused }, ports);
    return kind === 'standing' ? booking : { ...booking, updatedAt: booking.createdAt };
  };
  const { id } = request;
  if (key !== undefined || id === undefined) return accept(key);

  const present = await ports.bookings.get(id, caller);
  if (present?.status === 'CANCELLED') {
    const { key: next, refused } = await keyAfter(caller, id, present, ports);
    return accept(next, refused);
  }
  const own = visibleTo(caller, present);
  // Another customer's booking is left to the saga, which refuses the second one: here it does not exist.
  if (own === undefined) return accept(keyOf(id));
  if (!asks(request, caller, own)) throw new BookingIdInUseError(own.status);
  if (own.status !== 'UNCONFIRMED') return own;

  const header = await ports.bookings.header(id);
  // A request that died before its saga was started is healed by its repetition.
  if (header === undefined) return own.execution_id === firstExecution(caller, id) ? accept(keyOf(id)) : own;
  // Accepted in the place of a cancelled booking, which its run may have been refused.
  if (header.status !== 'CANCELLED' || visibleTo(caller, header) === undefined) return own;
  const { key: next, refused } = await keyAfter(caller, id, header, ports);
  return refused.includes(own.execution_id) ? accept(next, refused) : own;
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
  ports: ProcessBookingPorts,
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

/**
 * Whether a run that was to take a cancelled booking's place never will: the cancelled one counts as the later of the two,
 * or the run has ended and its header is still the cancelled one's. A run that is under way, or was never started, is
 * started here.
 */
async function wasRefused(run: BookingRunInput, { bookings, saga }: ProcessBookingPorts): Promise<boolean> {
  const stillCancelled = async (): Promise<Booking | undefined> => {
    const header = await bookings.header(run.trip_id);
    const isBefore = header?.status === 'CANCELLED' && header.execution_id !== run.execution_id;
    return isBefore && header.customer === run.customer ? header : undefined;
  };
  const before = await stillCancelled();
  if (before === undefined) return false;
  if (before.startedAt > startedAtOf(run)) return true;
  if (await startOnce(saga, run.execution_id, run)) return false;
  // Read again: it may have opened its booking between our read and its end.
  return (await stillCancelled()) !== undefined;
}

const asks = (request: BookingRequest, caller: Caller, booking: Booking): boolean =>
  booking.customer === customerOf(caller) &&
  booking.outboundFlightId === request.outboundFlightId &&
  booking.paymentToken === request.paymentToken;
