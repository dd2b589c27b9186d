import { loggedSaga } from '#functions/api/logged-saga.ts';
import { bookingRoutes } from '#functions/api/rest/booking-routes.ts';
import { restHandler } from '#functions/api/rest/rest-handler.ts';
import { dynamoDbRequestStore } from '#functions/booking/accepting/dynamodb-request-store.ts';
import { bookingRunReader } from '#functions/booking/cancelling/booking-run-reader.ts';
import { dynamoDbCancellationMarker } from '#functions/booking/cancelling/cancellation-marker.ts';
import { dynamoDbBookingReader } from '#functions/booking/reading/dynamodb-booking-reader.ts';
import { sfnExecutionHistory } from '#functions/booking/reading/execution-history.ts';
import { dynamoDbFlightCatalog } from '#functions/flight/dynamodb-flight-catalog.ts';
import { requiredText } from '#functions/shared/aws/config.ts';
import { bookingTable } from '#functions/shared/aws/table.ts';
import { systemClock } from '#functions/shared/clock.ts';
import { sfnSagaStarter, stepFunctionsClient } from '#functions/shared/saga/sfn-saga-starter.ts';
import { CreateBooking, CreateFaultyBooking } from '#functions/trip/booking-request.ts';
import { executionArnOf } from '#schema/execution-names.ts';

declare const __FAULTS__: boolean;

const table = bookingTable();
const client = stepFunctionsClient();
const stateMachineArn = requiredText('STATE_MACHINE_ARN');
const arnOf = (name: string): string => executionArnOf(stateMachineArn, name);
const bookings = dynamoDbBookingReader(table);
const saga = loggedSaga(sfnSagaStarter(client));

/** `/bookings` and what is below it. */
export const handler = restHandler(
  bookingRoutes({
    bookings,
    booking: {
      flights: dynamoDbFlightCatalog(table),
      requests: dynamoDbRequestStore(table),
      bookings,
      saga,
      now: systemClock,
    },
    cancelling: {
      bookings,
      saga,
      mark: dynamoDbCancellationMarker(table, systemClock),
      runs: bookingRunReader(table),
    },
    history: { bookings, executions: sfnExecutionHistory(client), executionArnOf: arnOf },
    body: __FAULTS__ ? CreateFaultyBooking : CreateBooking,
  }),
);
