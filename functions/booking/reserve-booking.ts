import { count } from '#functions/shared/observability.ts';
import { sagaStep } from '#functions/shared/saga-step.ts';
import { bookingTable } from '#functions/shared/table.ts';
import { OpeningRunInput } from '#schema/saga-input.ts';
import { reserveBooking } from './booking.ts';
import { dynamoDbHeaderStore } from './dynamodb-header-store.ts';
import { unwrapOpening } from './unwrap-opening.ts';

const dependencies = { headers: dynamoDbHeaderStore(bookingTable()), count };

export const handler = sagaStep('ReserveBooking', OpeningRunInput, (trip) => reserveBooking(trip, dependencies), {
  first: unwrapOpening(),
});
