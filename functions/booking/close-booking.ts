import { count } from '#functions/shared/observability.ts';
import { sagaStep } from '#functions/shared/saga-step.ts';
import { bookingTable } from '#functions/shared/table.ts';
import { CompensationInput } from '#schema/saga-input.ts';
import { closeBooking } from './booking.ts';
import { dynamoDbHeaderStore } from './dynamodb-header-store.ts';

const dependencies = { headers: dynamoDbHeaderStore(bookingTable()), count };

export const handler = sagaStep('CloseBooking', CompensationInput, (trip) => closeBooking(trip, dependencies));
