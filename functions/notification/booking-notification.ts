import type { BookingMetric } from '#functions/shared/aws/observability.ts';
import { majorUnits } from '#functions/shared/money/decimal-amount.ts';
import { bookingReferenceOf } from '#functions/shared/saga/derived-ids.ts';
import type { CompensationInput } from '#functions/trip/run-input.ts';
import type { BookingEvent } from '#schema/booking-event.ts';
import { amountPattern } from '#schema/saga-input.ts';
import { stillSays, type ToldBookings } from './told-bookings.ts';

export interface BookingTopic {
  publish(subject: string, event: BookingEvent): Promise<void>;
}

export interface NotificationDependencies {
  readonly topic: BookingTopic;
  readonly bookings: ToldBookings;
  readonly count: (metric: BookingMetric) => void;
}

const subjects = { CONFIRMED: 'Your holiday is booked', CANCELLED: 'Your holiday booking was cancelled' } as const;

/**
 * Tells subscribers how a booking ended, if it still stands so: a message may be sent again long after the booking has
 * changed. Until it is out the booking counts as unfinished, so that the reconciler sends what a stopped run did not.
 * @returns whether the message was sent
 */
export async function notifyBooking(
  status: BookingEvent['status'],
  trip: CompensationInput,
  { topic, bookings, count }: NotificationDependencies,
): Promise<boolean> {
  try {
    if (!stillSays(status, trip, await bookings.standing(trip.trip_id))) return false;
    await publishBooking(status, trip, { topic });
    count('SuccessfulNotification');
    await bookings.told(trip, status);
    return true;
  } catch (error) {
    count('FailedNotification');
    throw error;
  }
}

/** Sends the message without looking at the header. */
export async function publishBooking(
  status: BookingEvent['status'],
  trip: CompensationInput,
  { topic }: Pick<NotificationDependencies, 'topic'>,
): Promise<void> {
  await topic.publish(subjects[status], {
    bookingId: trip.trip_id,
    customer: trip.customer ?? 'unknown',
    bookingReference: bookingReferenceOf(trip.execution_id),
    status,
    price: priceOf(trip),
    currency: trip.currency ?? '',
  });
}

/** An input that was refused for its amount is cancelled all the same, and its customer is told. */
function priceOf({ amount }: CompensationInput): number {
  return amount !== undefined && amountPattern.test(amount) ? majorUnits(amount) : 0;
}
