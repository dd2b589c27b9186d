import { publishBooking } from '#functions/notification/booking-notification.ts';
import { snsBookingTopic } from '#functions/notification/sns-booking-topic.ts';
import type { Table } from '#functions/shared/aws/table.ts';
import { dynamoDbHeaderStore } from './dynamodb-header-store.ts';
import type { HeaderStore } from './header-store.ts';

/** For the steps that may replace a cancelled booking's header: the store first publishes that booking's unsent message. */
export function announcingHeaderStore(table: Table): HeaderStore {
  const topic = snsBookingTopic();
  return dynamoDbHeaderStore(table, (closed) => publishBooking('CANCELLED', closed, { topic }));
}
