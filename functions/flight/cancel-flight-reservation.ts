import { dynamoDbReservationStore } from '#functions/shared/dynamodb-reservation-store.ts';
import { cancelLeg } from '#functions/shared/leg.ts';
import { sagaStep } from '#functions/shared/saga-step.ts';
import { bookingTable } from '#functions/shared/table.ts';
import { CompensationInput } from '#schema/saga-input.ts';
import { flightLeg } from './flight-leg.ts';

const dependencies = { reservations: dynamoDbReservationStore(bookingTable()) };

export const handler = sagaStep('CancelFlightReservation', CompensationInput, (trip) =>
  cancelLeg(flightLeg, trip, dependencies),
);
