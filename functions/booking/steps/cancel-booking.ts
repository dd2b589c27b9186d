import { count } from '#functions/shared/aws/observability.ts';
import { bookingTable } from '#functions/shared/aws/table.ts';
import { sagaStep } from '#functions/shared/saga/saga-step.ts';
import { CompensationInput } from '#functions/trip/run-input.ts';
import { announcingHeaderStore } from './announcing-header-store.ts';
import { cancelBooking } from './booking-steps.ts';
import { dynamoDbFlightPresence } from './dynamodb-flight-presence.ts';

const table = bookingTable();
const headers = announcingHeaderStore(table);
const dependencies = { headers, flights: dynamoDbFlightPresence(table), count };

export const handler = sagaStep('CancelBooking', CompensationInput, (trip) => cancelBooking(trip, dependencies));
