import { systemClock } from '#functions/shared/clock.ts';
import { countInvalidRequest } from '#functions/shared/observability.ts';
import { sfnSagaStarter, stepFunctionsClient } from '#functions/shared/sfn-saga-starter.ts';
import { paymentGateway } from '#payment-provider';
import { demoMessages } from '#schema/demo-request.ts';
import { httpHandler, jsonResponse } from './http-handler.ts';
import { readDemoQuery, startDemoBooking } from './start-demo-booking.ts';

declare const __FAULTS__: boolean;

const dependencies = {
  gateway: paymentGateway(),
  saga: sfnSagaStarter(stepFunctionsClient()),
  now: systemClock,
};

/** The demo catch-all: any method and path starts the example's trip, as `?runType=…&tripID=…` says. */
export const handler = httpHandler(
  async (event) => {
    // A catch-all route gets browsers' preflights too, and asking whether one may book must not book.
    if (event.requestContext.http.method === 'OPTIONS') return { statusCode: 204 };
    const query = readDemoQuery(event.queryStringParameters ?? {}, { faults: __FAULTS__ });
    if ('refusal' in query) {
      countInvalidRequest('startBooking');
      return jsonResponse(400, { message: query.refusal });
    }
    const started = await startDemoBooking(query.accepted, dependencies);
    return jsonResponse(200, { message: demoMessages.accepted, ...started });
  },
  { serverErrorMessage: demoMessages.failed },
);
