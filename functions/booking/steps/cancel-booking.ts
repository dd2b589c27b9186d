import { publishBooking } from '#functions/notification/booking-notification.ts';
import { snsBookingTopic } from '#functions/notification/sns-booking-topic.ts';
import { count } from '#functions/shared/aws/observability.ts';
import { bookingTable } from '#functions/shared/aws/table.ts';
import { sagaStep } from '#functions/shared/saga/saga-step.ts';
import { CompensationInput } from '#functions/trip/run-input.ts';
import { cancelBooking } from './booking-steps.ts';
import { dynamoDbFlightPresence } from './dynamodb-flight-presence.ts';
import { dynamoDbHeaderStore } from './dynamodb-header-store.ts';

const table = bookingTable();
const topic = snsBookingTopic();
const headers = dynamoDbHeaderStore(table, (closed) => publishBooking('CANCELLED', closed, { topic }));
const dependencies = { headers, flights: dynamoDbFlightPresence(table), count };

export const handler = sagaStep('CancelBooking', CompensationInput, (trip) => cancelBooking(trip, dependencies));
