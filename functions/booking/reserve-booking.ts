import { count } from '#functions/shared/observability.ts';
import { sagaStep } from '#functions/shared/saga-step.ts';
import { bookingTable } from '#functions/shared/table.ts';
import { BookingRunInput } from '#schema/saga-input.ts';
import { reserveBooking } from './booking.ts';
import { dynamoDbHeaderStore } from './dynamodb-header-store.ts';

const dependencies = { headers: dynamoDbHeaderStore(bookingTable()), count };

export const handler = sagaStep('ReserveBooking', BookingRunInput, (trip) => reserveBooking(trip, dependencies));
