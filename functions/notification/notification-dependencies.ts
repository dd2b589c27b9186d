import { count } from '#functions/shared/aws/observability.ts';
import { bookingTable } from '#functions/shared/aws/table.ts';
import type { NotificationDependencies } from './booking-notification.ts';
import { dynamoDbToldBookings } from './dynamodb-told-bookings.ts';
import { snsBookingTopic } from './sns-booking-topic.ts';

/** What this environment tells bookings with; called once, at load. */
export function notificationDependencies(): NotificationDependencies {
  return { topic: snsBookingTopic(), bookings: dynamoDbToldBookings(bookingTable()), count };
}
