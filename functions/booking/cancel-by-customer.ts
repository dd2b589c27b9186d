import type { Caller } from '#functions/api/caller.ts';
import type { SagaStarter } from '#functions/shared/saga-starter.ts';
import { cancelRunInput } from '#schema/saga-input.ts';
import { BookingNotCancellableError, BookingNotFoundError } from './booking-errors.ts';
import { cancelVerdict, visibleTo } from './booking-policy.ts';
import type { BookingReader } from './booking-reader.ts';
import type { BookingRunReader } from './booking-run-reader.ts';
import type { Booking } from './booking-view.ts';
import type { CancellationMarker } from './cancellation-marker.ts';
import { startOnce } from './start-once.ts';

export interface CancelBookingPorts {
  readonly bookings: Pick<BookingReader, 'get'>;
  readonly runs: BookingRunReader;
  readonly saga: SagaStarter;
  readonly mark: CancellationMarker;
}

/** How the booking stands once the cancellation is under way: `CANCELLED` only where it was so before. */
export type CancelledBooking = Omit<Booking, 'status'> & { readonly status: 'CANCELLING' | 'CANCELLED' };

/**
 * Runs the machine backwards for the owner or an Admin. The run's name is the booking run's with `.cancel`, so twice is
 * once, and a second one at the same time, too.
 * @throws BookingNotFoundError, BookingNotCancellableError while it is still being made
 */
export async function cancelByCustomer(
  caller: Caller,
  bookingId: string,
  { bookings, runs, saga, mark }: CancelBookingPorts,
): Promise<CancelledBooking> {
  const booking = visibleTo(caller, await bookings.get(bookingId, caller));
  if (booking === undefined) throw new BookingNotFoundError();
  switch (cancelVerdict(booking)) {
    case 'wait':
      throw new BookingNotCancellableError();
    case 'done':
      return { ...booking, status: 'CANCELLED' };
    case 'under way':
      return { ...booking, status: 'CANCELLING' };
    case 'cancel': {
      const input = cancelRunInput(await runs.inputOf(booking), 'customer');
      await startOnce(saga, `${booking.execution_id}.cancel`, input);
      // After the start: a mark without a run would pass for a cancellation that is under way.
      await mark(booking);
      return { ...booking, status: 'CANCELLING' };
    }
  }
}
