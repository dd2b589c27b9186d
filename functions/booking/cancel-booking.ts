import { count } from '#functions/shared/observability.ts';
import { sagaStep } from '#functions/shared/saga-step.ts';
import { bookingTable } from '#functions/shared/table.ts';
import { CompensationInput } from '#schema/saga-input.ts';
import { cancelBooking } from './booking.ts';
import { dynamoDbFlightPresence } from './dynamodb-flight-presence.ts';
import { dynamoDbHeaderStore } from './dynamodb-header-store.ts';

const table = bookingTable();
const dependencies = { headers: dynamoDbHeaderStore(table), flights: dynamoDbFlightPresence(table), count };

export const handler = sagaStep('CancelBooking', CompensationInput, (trip) => cancelBooking(trip, dependencies));
