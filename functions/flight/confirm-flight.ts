import { dynamoDbReservationStore } from '#functions/shared/dynamodb-reservation-store.ts';
import { confirmLeg } from '#functions/shared/leg.ts';
import { sagaStep } from '#functions/shared/saga-step.ts';
import { bookingTable } from '#functions/shared/table.ts';
import { BookingRunInput } from '#schema/saga-input.ts';
import { flightLeg } from './flight-leg.ts';

const dependencies = { reservations: dynamoDbReservationStore(bookingTable()) };

export const handler = sagaStep('ConfirmFlight', BookingRunInput, (trip) => confirmLeg(flightLeg, trip, dependencies));
