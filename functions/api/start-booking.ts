import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { misspeltPath } from '#functions/api/demo/misspelt-path.ts';
import { pathParameters } from '#functions/api/demo/path-parameters.ts';
import { readDemoQuery, startDemoBooking } from '#functions/api/demo/start-demo-booking.ts';
import { loggedSaga } from '#functions/api/logged-saga.ts';
import { httpHandler, jsonResponse } from '#functions/api/rest/http-handler.ts';
import { methodNotAllowed, problem } from '#functions/api/rest/problem.ts';
import { namesGivenTwice } from '#functions/api/rest/query-string.ts';
import { countInvalidRequest } from '#functions/shared/aws/observability.ts';
import { systemClock } from '#functions/shared/clock.ts';
import { sfnSagaStarter, stepFunctionsClient } from '#functions/shared/saga/sfn-saga-starter.ts';
import { paymentGateway } from '#payment-provider';
import { demoMessages } from '#schema/demo-request.ts';

declare const __FAULTS__: boolean;

const dependencies = {
  gateway: paymentGateway(),
  saga: loggedSaga(sfnSagaStarter(stepFunctionsClient())),
  now: systemClock,
};

/** What the demo tells of its methods; it takes any other but `TRACE`, which only asks for the request itself. */
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** The demo catch-all: any method and path that is not nearly one of the API's starts the example's trip, as `?runType=…&tripID=…` says. */
export const handler = httpHandler(
  async (event) => {
    const { method } = event.requestContext.http;
    // A catch-all route receives browsers' preflights too, and a preflight must not book.
    if (method === 'OPTIONS') return { statusCode: 204 };
    const refusal = refusalOf(event.rawPath, method);
    if (refusal !== undefined) return refusal;
    if (method === 'HEAD') return { statusCode: 200 };
    const asked = {
      parameters: event.queryStringParameters ?? {},
      givenTwice: namesGivenTwice(event),
      inPath: pathParameters(event.rawPath),
      hasBody: Boolean(event.body),
    };
    const query = readDemoQuery(asked, { faults: __FAULTS__ });
    if ('refusal' in query) {
      countInvalidRequest('startBooking');
      return jsonResponse(400, { message: query.refusal });
    }
    const { accepted } = query;
    const ignored = [...query.ignored, ...unreadHeaders(event)];
    const started = await startDemoBooking(accepted, dependencies);
    return jsonResponse(200, {
      message: demoMessages.accepted,
      ...started,
      ...(ignored.length === 0 ? {} : { ignored }),
    });
  },
  { serverErrorMessage: demoMessages.failed },
);

/** It means something where the API books, and nothing here, where every call is a booking of its own. */
const unreadHeaders = ({ headers }: APIGatewayProxyEventV2): string[] =>
  headers['idempotency-key'] === undefined ? [] : ['Idempotency-Key'];

/** Answers a problem instead of the demo's `message`: the client meant the API, whose clients read problems. */
function refusalOf(path: string, method: string): APIGatewayProxyStructuredResultV2 | undefined {
  const meant = misspeltPath(path);
  if (meant !== undefined) {
    const advice = meant === 'unasked' ? '' : `: "${meant.replace('/{proxy+}', '')}" is meant, it seems`;
    return problem(404, { title: 'Not found', detail: `There is no such resource${advice}` });
  }
  return method === 'TRACE' ? methodNotAllowed(methods) : undefined;
}
