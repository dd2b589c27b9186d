import { type Clock, systemClock } from '#functions/shared/clock.ts';
import { bookingReferenceOf } from '#functions/shared/derived-ids.ts';
import { cutToBytes } from '#functions/shared/lambda-middleware.ts';
import type { BookingMetric } from '#functions/shared/observability.ts';
import type { BookingRunInput, CompensationInput, FenceOutcome } from '#schema/saga-input.ts';
import type { HeaderStore } from './header-store.ts';

export interface BookingDependencies {
  readonly headers: HeaderStore;
  readonly count: (metric: BookingMetric) => void;
  readonly now?: Clock;
}

export async function reserveBooking(
  trip: BookingRunInput,
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

/** The fence: whatever this run still has in flight is refused from here on. */
export async function cancelBooking(
  run: CompensationInput,
  { headers, count, now = systemClock }: BookingDependencies,
): Promise<FenceOutcome> {
  try {
    // Only a redrive may be about a run that committed after all; the customer, and the run itself, know what they undo.
    const mayUndoConfirmed = run.action !== 'cancel' || run.cause === 'customer';
    return { fenced: await headers.fence(run, { mayUndoConfirmed, reason: failureReasonOf(run), now: now() }) };
  } catch (error) {
    count('FailedCancellation');
    throw error;
  }
}

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

const maxFailureReasonBytes = 1024;

/** What an integration's error means where its own words speak of a database. */
const sentences: Readonly<Record<string, string>> = {
  'ReserveSeat DynamoDB.ConditionalCheckFailedException': 'the flight has no free seat',
};

/** Why the booking was undone, for people: the state that failed with its error, or who asked for it. */
export function failureReasonOf(run: Readonly<Record<string, unknown>>): string {
  if (run.action === 'cancel') {
    return run.cause === 'customer' ? 'Cancelled by the customer' : 'The booking run ended before it was done';
  }
  for (const [field, value] of Object.entries(run)) {
    if (!field.endsWith('Error') || typeof value !== 'object' || value === null) continue;
    const { Error: error = 'Unknown', Cause: cause = '' } = value as { Error?: string; Cause?: string };
    const state = field.slice(0, -'Error'.length);
    const text = `${state} failed: ${error}: ${sentences[`${state} ${error}`] ?? messageOf(cause)}`;
    return cutToBytes(text, maxFailureReasonBytes);
  }
  return 'Unknown';
}

/** Lambda's cause is the error as JSON, an integration's is a sentence. */
function messageOf(cause: string): string {
  try {
    const parsed: unknown = JSON.parse(cause);
    if (typeof parsed === 'object' && parsed !== null && 'errorMessage' in parsed) return String(parsed.errorMessage);
  } catch {
    // Not JSON: the sentence itself.
  }
  return cause;
}
