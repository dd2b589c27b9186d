import type { GraphQLError } from 'graphql';
import { loggedSaga } from '#functions/api/logged-saga.ts';
import { httpHandler, jsonResponse, requestIdOf } from '#functions/api/rest/http-handler.ts';
import { dynamoDbRequestStore } from '#functions/booking/accepting/dynamodb-request-store.ts';
import { bookingRunReader } from '#functions/booking/cancelling/booking-run-reader.ts';
import { cancelByCustomer } from '#functions/booking/cancelling/cancel-by-customer.ts';
import { dynamoDbCancellationMarker } from '#functions/booking/cancelling/cancellation-marker.ts';
import { dynamoDbBookingEditor } from '#functions/booking/editing/dynamodb-booking-editor.ts';
import { dynamoDbBookingReader } from '#functions/booking/reading/dynamodb-booking-reader.ts';
import { dynamoDbFlightCatalog } from '#functions/flight/dynamodb-flight-catalog.ts';
import { dynamoDbLoyaltyReader } from '#functions/loyalty/dynamodb-loyalty-reader.ts';
import { requiredText } from '#functions/shared/aws/config.ts';
import { countInvalidRequest, logger } from '#functions/shared/aws/observability.ts';
import { bookingTable } from '#functions/shared/aws/table.ts';
import { systemClock } from '#functions/shared/clock.ts';
import { callerOf, NoCustomerError } from '#functions/shared/http/caller.ts';
import { sfnSagaStarter, stepFunctionsClient } from '#functions/shared/saga/sfn-saga-starter.ts';
import { sdl } from '#schema/graphql/sdl.ts';
import { answer, bodyOf } from './graphql/answer.ts';
import type { GraphQlPorts } from './graphql/context.ts';
import { documentReader, schemaOf } from './graphql/documents.ts';
import { malformedRequest, noCustomer } from './graphql/errors.ts';
import { MalformedRequestError, readRequest } from './graphql/read-request.ts';

/** Introspection is off where it would show the schema to strangers. */
const introspection = requiredText('STAGE') !== 'prod';

const table = bookingTable();
const saga = loggedSaga(sfnSagaStarter(stepFunctionsClient()));
const bookings = dynamoDbBookingReader(table);
const mark = dynamoDbCancellationMarker(table, systemClock);
const runs = bookingRunReader(table);

const ports: GraphQlPorts = {
  bookings,
  editor: dynamoDbBookingEditor(table),
  flights: dynamoDbFlightCatalog(table),
  loyalty: dynamoDbLoyaltyReader(table),
  requests: dynamoDbRequestStore(table),
  saga,
  cancel: (caller, id) => cancelByCustomer(caller, id, { bookings, saga, runs, mark }),
  now: systemClock,
};
const schema = schemaOf(sdl);
const readDocument = documentReader(schema, { introspection });

const methodNotAllowed = {
  ...jsonResponse(405, { data: null, errors: [malformedRequest('Send the operation with POST')] }),
  headers: { 'content-type': 'application/json', allow: 'POST' },
};

/** `POST /graphql`: one operation a request; every answer of GraphQL is 200, as Amplify's clients expect. */
export const handler = httpHandler(
  async (event, context) => {
    const requestId = requestIdOf(event, context);
    const { method } = event.requestContext.http;
    // A browser asks before it sends; the gateway adds what CORS needs.
    if (method === 'OPTIONS') return { statusCode: 204, headers: { allow: 'POST' } };
    // The route that lets preflights pass brings every other method too.
    if (method !== 'POST') return methodNotAllowed;
    try {
      const caller = callerOf(event);
      const onMasked = (error: GraphQLError) => logger.error('Field failed', error.originalError ?? error);
      const options = { schema, introspection, readDocument, ports, requestId, onMasked };
      const answered = await answer(caller, readRequest(event), options);
      return { ...jsonResponse(200, null), body: bodyOf(answered, options) };
    } catch (error) {
      if (error instanceof NoCustomerError)
        return jsonResponse(401, { data: null, errors: [noCustomer(error.message)] });
      if (!(error instanceof MalformedRequestError)) throw error;
      countInvalidRequest('graphql');
      return jsonResponse(400, { data: null, errors: [malformedRequest(error.message)] });
    }
  },
  { serverErrorMessage: 'There was an error' },
);
