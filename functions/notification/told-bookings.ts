import type { BookingEvent } from '#schema/booking-event.ts';
import type { BookingStatus } from '#schema/saga-input.ts';

export type FinalStatus = BookingEvent['status'];

/** What a message has to agree with. */
export interface StandingBooking {
  readonly executionId: string;
  readonly status: BookingStatus;
  /** The execution whose cancelled booking this header took the place of. */
  readonly replaces?: string | undefined;
  /** Whether its final message may still have to be sent. */
  readonly isUnfinished: boolean;
}

/** The bookings' headers, as far as messages about them go. */
export interface ToldBookings {
  /** Read consistently. */
  standing(tripId: string): Promise<StandingBooking | undefined>;

  /**
   * Takes the booking off the list of the unfinished ones: its final message is out. Does nothing where its header is
   * another execution's, says another status by now, or is confirmed and asked to be cancelled.
   */
  told(run: { readonly trip_id: string; readonly execution_id: string }, status: FinalStatus): Promise<void>;
}

/**
 * Whether a booking run's message is still true. A header that took the place of ours says nothing of a confirmed booking
 * of ours, and that ours is cancelled: the trip can only be booked again once it is.
 */
export function stillSays(
  status: FinalStatus,
  run: { readonly execution_id: string },
  standing: StandingBooking | undefined,
): boolean {
  if (standing === undefined) return false;
  if (standing.executionId === run.execution_id) return standing.status === status;
  return status === 'CANCELLED' && standing.replaces === run.execution_id;
}
