import { count } from '#functions/shared/aws/observability.ts';
import { bookingTable } from '#functions/shared/aws/table.ts';
import { sagaStep } from '#functions/shared/saga/saga-step.ts';
import { OpeningRunInput } from '#functions/trip/run-input.ts';
import { announcingHeaderStore } from './announcing-header-store.ts';
import { reserveBooking } from './booking-steps.ts';
import { unwrapOpening } from './unwrap-opening.ts';

const headers = announcingHeaderStore(bookingTable());
const dependencies = { headers, count };

export const handler = sagaStep('ReserveBooking', OpeningRunInput, (trip) => reserveBooking(trip, dependencies), {
  first: unwrapOpening(),
});
