import type { Booking } from '#functions/booking/booking.ts';
import { BookingConflictError, BookingNotFoundError } from '#functions/booking/booking-errors.ts';
import { mayCheckIn, mayHide, updatableFields, visibleTo } from '#functions/booking/booking-policy.ts';
import type { BookingReader } from '#functions/booking/reading/booking-reader.ts';
import type { Clock } from '#functions/shared/clock.ts';
import type { Caller } from '#functions/shared/http/caller.ts';
import type { Only } from '#functions/shared/http/nothing-else.ts';
import { BookingNotCancelledError, CheckInRefusedError, FieldNotWritableError } from './editing-errors.ts';

/** The header's fields that clients may change; `booking-policy.ts` decides who may change which. */
export interface HeaderChanges {
  readonly checkedIn?: boolean;
  /** Null takes it away. */
  readonly bookingReference?: string | null;
}

/** Writes to headers that are not the saga's. */
export interface BookingEditor {
  /** Writes only if the header is as it was read. @returns whether it was */
  change(booking: Booking, changes: HeaderChanges, now: string): Promise<boolean>;
  /** Hides a cancelled booking until it is made again. @returns whether it was as it was read */
  hide(booking: Booking, now: string): Promise<boolean>;
}

/** A booking as a client believes that it is: fields that are given. */
export type WantedBooking = Partial<{
  readonly [Field in 'status' | 'paymentToken' | 'customer' | 'createdAt' | 'bookingReference' | 'outboundFlightId']:
    | string
    | null;
}> & { readonly checkedIn?: boolean | null };

/** Looks at the booking right before it is written; what it throws refuses the write. */
export type BookingCheck = (booking: Booking) => void;

export interface EditBookingPorts {
  readonly bookings: Pick<BookingReader, 'get'>;
  readonly editor: BookingEditor;
  readonly now: Clock;
}

/** How often the saga may write between our read and our write. */
const maxTries = 5;

/**
 * Changes what the caller may change. Fields are compared with the booking first: clients that send a whole booking
 * back with one field changed are served, and one that would write a field that is not its own is told which.
 * @throws BookingNotFoundError, FieldNotWritableError, CheckInRefusedError, BookingConflictError
 */
export async function updateBooking<Wanted extends WantedBooking>(
  caller: Caller,
  id: string,
  wanted: Only<Wanted, WantedBooking>,
  check: BookingCheck,
  ports: EditBookingPorts,
): Promise<Booking> {
  return edit(caller, id, check, ports, async (booking, { editor, now }) => {
    const changes = changesOf(caller, booking, wanted);
    if (Object.keys(changes).length === 0) return booking;
    const at = now();
    return (await editor.change(booking, changes, at)) ? changed(booking, changes, at) : undefined;
  });
}

/**
 * Hides a cancelled booking from all clients; its header stays, since the saga's rules need it.
 * @throws BookingNotFoundError, BookingNotCancelledError, BookingConflictError
 */
export async function deleteBooking(
  caller: Caller,
  id: string,
  check: BookingCheck,
  ports: EditBookingPorts,
): Promise<Booking> {
  return edit(caller, id, check, ports, async (booking, { editor, now }) => {
    if (!mayHide(booking)) throw new BookingNotCancelledError(booking.status);
    return (await editor.hide(booking, now())) ? booking : undefined;
  });
}

/** @param write answers undefined where the booking is not as it was read any more, to be read again */
async function edit(
  caller: Caller,
  id: string,
  check: BookingCheck,
  ports: EditBookingPorts,
  write: (booking: Booking, ports: EditBookingPorts) => Promise<Booking | undefined>,
): Promise<Booking> {
  for (let tried = 0; tried < maxTries; tried += 1) {
    const booking = visibleTo(caller, await ports.bookings.get(id, caller));
    if (booking === undefined) throw new BookingNotFoundError();
    check(booking);
    const written = await write(booking, ports);
    if (written !== undefined) return written;
  }
  throw new BookingConflictError();
}

function changesOf(caller: Caller, booking: Booking, wanted: WantedBooking): HeaderChanges {
  const writable: readonly string[] = updatableFields(caller);
  const changes = Object.entries(wanted)
    // Removing the field checks the customer out.
    .map(([field, value]) => [field, field === 'checkedIn' ? (value ?? false) : value] as const)
    .filter(([field, value]) => value !== undefined && value !== (booking[field as keyof Booking] ?? null));
  for (const [field] of changes) if (!writable.includes(field)) throw new FieldNotWritableError(field);
  const asked = Object.fromEntries(changes) as HeaderChanges;
  if (asked.checkedIn === true && !mayCheckIn(booking)) throw new CheckInRefusedError(booking.status);
  return asked;
}

function changed(booking: Booking, changes: HeaderChanges, at: string): Booking {
  const { bookingReference, ...rest } = { ...booking, ...changes, updatedAt: at };
  return bookingReference === null || bookingReference === undefined ? rest : { ...rest, bookingReference };
}
