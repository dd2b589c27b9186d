import { bookingRunReader } from '#functions/booking/booking-run-reader.ts';
import { dynamoDbCancellationMarker } from '#functions/booking/cancellation-marker.ts';
import { dynamoDbBookingReader } from '#functions/booking/dynamodb-booking-reader.ts';
import { dynamoDbRequestStore } from '#functions/booking/dynamodb-request-store.ts';
import { sfnExecutionHistory } from '#functions/booking/execution-history.ts';
import { executionArnOf } from '#functions/booking/execution-reader.ts';
import { dynamoDbFlightCatalog } from '#functions/flight/dynamodb-flight-catalog.ts';
import { systemClock } from '#functions/shared/clock.ts';
import { requiredText } from '#functions/shared/config.ts';
import { pageTokens } from '#functions/shared/page-token.ts';
import { pageTokenSecret } from '#functions/shared/page-token-secret.ts';
import { sfnSagaStarter, stepFunctionsClient } from '#functions/shared/sfn-saga-starter.ts';
import { bookingTable } from '#functions/shared/table.ts';
import { CreateBooking, CreateFaultyBooking } from '#schema/http/bookings.ts';
import { bookingRoutes } from './booking-routes.ts';
import { restHandler } from './rest-handler.ts';

declare const __FAULTS__: boolean;

const table = bookingTable();
const client = stepFunctionsClient();
const stateMachineArn = requiredText('STATE_MACHINE_ARN');
const arnOf = (name: string): string => executionArnOf(stateMachineArn, name);
const bookings = dynamoDbBookingReader(table);
const saga = sfnSagaStarter(client);

/** `/bookings` and what is below it. */
export const handler = restHandler(
  bookingRoutes({
    bookings,
    tokens: pageTokens(pageTokenSecret(table)),
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
