import type { BookingMetric } from '#functions/shared/aws/observability.ts';
import { type Clock, systemClock } from '#functions/shared/clock.ts';
import { bookingReferenceOf } from '#functions/shared/saga/derived-ids.ts';
import { keptRunOf } from '#functions/trip/kept-run.ts';
import type { BookingRunInput, CompensationInput, OpeningRunInput } from '#functions/trip/run-input.ts';
import type { FenceOutcome } from '#schema/saga-input.ts';
import { failureReasonOf, wasSeatRefused } from './failure-reason.ts';
import type { HeaderStore } from './header-store.ts';

export interface BookingDependencies {
  readonly headers: HeaderStore;
  readonly count: (metric: BookingMetric) => void;
  readonly now?: Clock;
}

export async function reserveBooking(
  trip: OpeningRunInput,
  { headers, count, now = systemClock }: BookingDependencies,
): Promise<void> {
  try {
    const { trip_id, execution_id, started_at, customer } = trip;
    await headers.open(
      {
        trip_id,
        execution_id,
        started_at,
        customer,
        outboundFlightId: trip.outbound_flight_id,
        paymentToken: trip.payment_token,
        openedAt: trip.opened_at,
        run: keptRunOf(trip),
      },
      now(),
    );
    count('SuccessfulReservation');
  } catch (error) {
    count('FailedReservation');
    throw error;
  }
}

export async function confirmBooking(
  trip: BookingRunInput,
  { headers, count, now = systemClock }: BookingDependencies,
): Promise<void> {
  await headers.confirm(trip, bookingReferenceOf(trip.execution_id), now());
  count('SuccessfulBooking');
}

export interface FenceDependencies extends BookingDependencies {
  readonly flights: { exists(flightId: string): Promise<boolean> };
}

/** The fence: every write that this run still has in flight is refused from here on. */
export async function cancelBooking(
  run: CompensationInput,
  { headers, flights, count, now = systemClock }: FenceDependencies,
): Promise<FenceOutcome> {
  try {
    // Only for the text of the reason, so a failing read must not fail the fence.
    const flightExists = wasSeatRefused(run)
      ? await flights.exists(run.outbound_flight_id).catch(() => undefined)
      : undefined;
    const reason = failureReasonOf(run, { flightExists });
    return await headers.fence(run, { mayUndoConfirmed: mayUndoConfirmed(run), reason, now: now() });
  } catch (error) {
    count('FailedCancellation');
    throw error;
  }
}

/**
 * Only the customer undoes a booking that was confirmed, and a run whose own commit has an unknown outcome. A redrive may
 * be about a run that committed after all, and a second run of one name finds the first one's booking as its own.
 */
const mayUndoConfirmed = (run: CompensationInput): boolean =>
  run.action === 'cancel' ? run.cause === 'customer' : 'ConfirmBookingError' in run;

export async function closeBooking(
  run: CompensationInput,
  { headers, count, now = systemClock }: BookingDependencies,
): Promise<void> {
  try {
    await headers.close(run, now());
    count('SuccessfulCancellation');
  } catch (error) {
    count('FailedCancellation');
    throw error;
  }
}
