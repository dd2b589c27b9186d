import type { Booking } from '#functions/booking/booking.ts';
import { BookingConflictError, BookingNotFoundError } from '#functions/booking/booking-errors.ts';
import { cancelVerdict, visibleTo } from '#functions/booking/booking-policy.ts';
import type { BookingReader } from '#functions/booking/reading/booking-reader.ts';
import { maxRedrives } from '#functions/booking/redriving/redrive.ts';
import type { Caller } from '#functions/shared/http/caller.ts';
import type { SagaStarter } from '#functions/shared/saga/saga-starter.ts';
import { startOnce } from '#functions/shared/saga/start-once.ts';
import { cancelNameOf, redriveNameOf } from '#schema/execution-names.ts';
import { cancelRunInput } from '#schema/saga-input.ts';
import type { BookingRunReader } from './booking-run-reader.ts';
import type { CancellationMarker } from './cancellation-marker.ts';
import { BookingNotCancellableError, CancellationDelayedError } from './cancelling-errors.ts';

export interface CancelBookingPorts {
  readonly bookings: Pick<BookingReader, 'get'>;
  readonly runs: BookingRunReader;
  readonly saga: SagaStarter;
  readonly mark: CancellationMarker;
}

/** How the booking stands once the cancellation is under way: `CANCELLED` only where it was so before. */
export type CancelledBooking = Omit<Booking, 'status'> & { readonly status: 'CANCELLING' | 'CANCELLED' };

/** How often the saga may write the header between our read and our mark. */
const maxRaces = 5;

/**
 * Starts the cancel run for the owner or an Admin. The booking is marked first, so that the reconciler starts the run if it
 * cannot be started now. The run's name and input are derived from the header, so cancelling is idempotent, also
 * concurrently. Where that run has ended before it fenced the booking, the next free name of its redrives is taken.
 * @throws BookingNotFoundError, BookingNotCancellableError while it is still being made, CancellationDelayedError where
 *   it is marked and cannot be started now
 */
export async function cancelByCustomer(
  caller: Caller,
  bookingId: string,
  { bookings, runs, saga, mark }: CancelBookingPorts,
): Promise<CancelledBooking> {
  let races = 0;
  let redrive = 0;
  while (races < maxRaces) {
    const booking = visibleTo(caller, await bookings.get(bookingId, caller));
    if (booking === undefined) throw new BookingNotFoundError();
    const verdict = cancelVerdict(booking);
    if (verdict === 'wait') throw new BookingNotCancellableError();
    if (verdict === 'done') return { ...booking, status: 'CANCELLED' };
    // After the last redrive there is a dead letter, and its alarm calls for people.
    if (verdict === 'under way' || redrive > maxRedrives) return { ...booking, status: 'CANCELLING' };
    const run = await runs.inputOf(booking);
    if (!(await mark(booking))) {
      races += 1;
    } else if (await startCancellation(saga, booking.execution_id, run, redrive)) {
      return { ...booking, status: 'CANCELLING' };
    } else {
      // It has ended: the header tells whether it got anywhere.
      redrive += 1;
    }
  }
  throw new BookingConflictError();
}

/** @returns whether it is under way: not where a run of that name has ended */
async function startCancellation(
  saga: SagaStarter,
  executionId: string,
  run: Record<string, unknown>,
  redrive: number,
): Promise<boolean> {
  try {
    return redrive === 0
      ? await startOnce(saga, cancelNameOf(executionId), cancelRunInput(run, 'customer'))
      : await startOnce(
          saga,
          redriveNameOf(executionId, 'customer', redrive),
          cancelRunInput(run, 'customer', redrive),
        );
  } catch (error) {
    throw new CancellationDelayedError(error);
  }
}
