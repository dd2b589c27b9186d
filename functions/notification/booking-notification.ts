import { bookingReferenceOf } from '#functions/shared/derived-ids.ts';
import { majorUnits } from '#functions/shared/money.ts';
import type { BookingMetric } from '#functions/shared/observability.ts';
import type { BookingEvent } from '#schema/booking-event.ts';
import { amountPattern, type CompensationInput } from '#schema/saga-input.ts';

export interface BookingTopic {
  publish(subject: string, event: BookingEvent): Promise<void>;
}

export interface NotificationDependencies {
  readonly topic: BookingTopic;
  readonly count: (metric: BookingMetric) => void;
}

const subjects = { CONFIRMED: 'Your holiday is booked', CANCELLED: 'Your holiday booking was cancelled' } as const;

export async function notifyBooking(
  status: BookingEvent['status'],
  trip: CompensationInput,
  { topic, count }: NotificationDependencies,
): Promise<void> {
  try {
    await topic.publish(subjects[status], {
      bookingId: trip.trip_id,
      customer: trip.customer ?? 'unknown',
      bookingReference: bookingReferenceOf(trip.execution_id),
      status,
      price: priceOf(trip),
      currency: trip.currency ?? '',
    });
    count('SuccessfulNotification');
  } catch (error) {
    count('FailedNotification');
    throw error;
  }
}

/** An input that was refused for its amount is cancelled all the same, and its customer is told. */
function priceOf({ amount }: CompensationInput): number {
  return amount !== undefined && amountPattern.test(amount) ? majorUnits(amount) : 0;
}
