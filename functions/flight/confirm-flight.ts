import { bookingTable } from '#functions/shared/aws/table.ts';
import { dynamoDbReservationStore } from '#functions/shared/saga/dynamodb-reservation-store.ts';
import { confirmLeg } from '#functions/shared/saga/leg.ts';
import { sagaStep } from '#functions/shared/saga/saga-step.ts';
import { BookingRunInput } from '#functions/trip/run-input.ts';
import { flightLeg } from './flight-leg.ts';

const dependencies = { reservations: dynamoDbReservationStore(bookingTable()) };

export const handler = sagaStep('ConfirmFlight', BookingRunInput, (trip) => confirmLeg(flightLeg, trip, dependencies));
