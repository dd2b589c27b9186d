import { count } from '#functions/shared/aws/observability.ts';
import { bookingTable } from '#functions/shared/aws/table.ts';
import { sagaStep } from '#functions/shared/saga/saga-step.ts';
import { CompensationInput } from '#functions/trip/run-input.ts';
import { closeBooking } from './booking-steps.ts';
import { dynamoDbHeaderStore } from './dynamodb-header-store.ts';

const dependencies = { headers: dynamoDbHeaderStore(bookingTable()), count };

export const handler = sagaStep('CloseBooking', CompensationInput, (trip) => closeBooking(trip, dependencies));
