import { publishBooking } from '#functions/notification/booking-notification.ts';
import { snsBookingTopic } from '#functions/notification/sns-booking-topic.ts';
import { count } from '#functions/shared/aws/observability.ts';
import { bookingTable } from '#functions/shared/aws/table.ts';
import { sagaStep } from '#functions/shared/saga/saga-step.ts';
import { OpeningRunInput } from '#functions/trip/run-input.ts';
import { reserveBooking } from './booking-steps.ts';
import { dynamoDbHeaderStore } from './dynamodb-header-store.ts';
import { unwrapOpening } from './unwrap-opening.ts';

const topic = snsBookingTopic();
const headers = dynamoDbHeaderStore(bookingTable(), (closed) => publishBooking('CANCELLED', closed, { topic }));
const dependencies = { headers, count };

export const handler = sagaStep('ReserveBooking', OpeningRunInput, (trip) => reserveBooking(trip, dependencies), {
  first: unwrapOpening(),
});
