import type { Context } from 'aws-lambda';
import { bookingTable } from '#functions/shared/aws/table.ts';
import type { LegRecord, LegVerb } from '#functions/trip/define-leg.ts';
import { BookingRunInput, CompensationInput } from '#functions/trip/run-input.ts';
import { dynamoDbReservationStore } from './dynamodb-reservation-store.ts';
import { cancelLeg, confirmLeg, reserveLeg } from './leg.ts';
import { sagaStep } from './saga-step.ts';

/** The handler of one of a leg's three states; called once, at load. */
export function legStep(leg: LegRecord, verb: LegVerb): (event: unknown, context: Context) => Promise<void> {
  const dependencies = { reservations: dynamoDbReservationStore(bookingTable()) };
  const state = leg.states[verb];
  switch (verb) {
    case 'reserve':
      return sagaStep(state, BookingRunInput, (trip) => reserveLeg(leg, trip, dependencies));
    case 'confirm':
      return sagaStep(state, BookingRunInput, (trip) => confirmLeg(leg, trip, dependencies));
    case 'cancel':
      return sagaStep(state, CompensationInput, (trip) => cancelLeg(leg, trip, dependencies));
  }
}
