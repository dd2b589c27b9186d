import type { CompensationInput } from '#functions/trip/run-input.ts';
import type { BookingStatus } from '#schema/saga-input.ts';

/** The run and the status of a booking's header. */
export interface BookingStanding {
  readonly executionId: string;
  readonly status: BookingStatus;
  /** Whether its final message may still have to be sent. */
  readonly isUnfinished: boolean;
}

/** The state that sends the message of this final status, if the message may not have been sent. */
export function unsentNotification(
  run: CompensationInput,
  header: BookingStanding | undefined,
): 'NotifyBookingConfirmed' | 'NotifyBookingFailed' | undefined {
  if (header?.executionId !== run.execution_id || !header.isUnfinished) return undefined;
  if (header.status === 'CONFIRMED') return 'NotifyBookingConfirmed';
  return header.status === 'CANCELLED' ? 'NotifyBookingFailed' : undefined;
}

/**
 * Whether a run that was to undo a booking has nothing left to do: the booking is cancelled, or stands and is not to be
 * undone, or made way for another one. Where there is no header at all its charge may still be open.
 */
export function hasNothingToUndo(run: CompensationInput, header: BookingStanding | undefined): boolean {
  if (header === undefined) return false;
  if (header.executionId !== run.execution_id) return true;
  return header.status === 'CANCELLED' || (header.status === 'CONFIRMED' && run.cause !== 'customer');
}
