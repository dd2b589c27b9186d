import type { Caller } from '#functions/shared/http/caller.ts';
import { type Booking, storedStatusOf } from './booking.ts';

/** Whether the caller may see a booking; an Admin sees all. */
export const isOf = (caller: Caller, { customer }: Pick<Booking, 'customer'>): boolean =>
  caller.isAdmin || customer === caller.sub;

/**
 * Who may do what with a booking, in one place for REST and GraphQL both: its owner and the group Admin see it; to all
 * others it looks missing.
 */
export function visibleTo<Seen extends Pick<Booking, 'customer' | 'hidden'>>(
  caller: Caller,
  booking: Seen | undefined,
): Seen | undefined {
  if (booking === undefined || booking.hidden) return undefined;
  return isOf(caller, booking) ? booking : undefined;
}

/** Whose bookings a list shows: an Admin may name a customer, or leave the name out for all; all others see their own. */
export function listedCustomer(caller: Caller, asked: string | undefined): string | undefined {
  return caller.isAdmin ? asked : caller.sub;
}

/** Whether a caller may ask for this customer's bookings at all. */
export function mayListFor(caller: Caller, asked: string | undefined): boolean {
  return caller.isAdmin || asked === undefined || asked === caller.sub;
}

/** A booking is made for the caller; clients, Admins included, cannot name another customer. */
export const customerOf = (caller: Caller): string => caller.sub;

/** No client may write the saga's own fields (`status`, `customer`, `execution_id`, `startedAt`, flight and token). */
export function updatableFields(caller: Caller): readonly ('checkedIn' | 'bookingReference')[] {
  return caller.isAdmin ? ['checkedIn', 'bookingReference'] : ['checkedIn'];
}

/** Boarding a flight that is not booked, or not any more, makes no sense. */
export const mayCheckIn = ({ status }: Pick<Booking, 'status'>): boolean => status === 'CONFIRMED';

/** Only a booking that holds no reservations may disappear from its customer's list. */
export const mayHide = ({ status }: Pick<Booking, 'status'>): boolean => status === 'CANCELLED';

/** `wait`: the saga is still making it, and only the saga itself may undo its own steps. */
export type CancelVerdict = 'cancel' | 'under way' | 'done' | 'wait';

const cancelVerdicts = {
  UNCONFIRMED: 'wait',
  CONFIRMED: 'cancel',
  CANCELLING: 'under way',
  CANCELLED: 'done',
} as const satisfies Record<Booking['status'], CancelVerdict>;

/**
 * What is left to do for a caller who may see the booking and wants it cancelled. By the header's own status: one that is
 * marked and still confirmed may wait for a run that was never started.
 */
export const cancelVerdict = (booking: Pick<Booking, 'status' | 'storedStatus'>): CancelVerdict =>
  cancelVerdicts[storedStatusOf(booking)];
