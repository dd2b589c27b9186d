import type middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { observed } from '#functions/shared/aws/lambda-middleware.ts';
import { logger } from '#functions/shared/aws/observability.ts';
import { busyForSeconds, isPassing } from '#functions/shared/aws/throttling.ts';

export type HttpHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

export function jsonResponse(statusCode: number, body: unknown): APIGatewayProxyStructuredResultV2 {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/**
 * A 5xx tells nothing but `message` and the id under which the log has the whole error: 503 with the time to wait where the
 * same request may succeed in a while, else 500.
 */
function hideErrors(message: string): middy.MiddlewareObj {
  return {
    onError: function answerServerError(request) {
      const { error, context } = request;
      if (error) logger.error('Request failed', error);
      const response = jsonResponse(isPassing(error) ? 503 : 500, {
        message,
        requestId: requestIdOf(request.event, context),
      });
      const wait = isPassing(error) ? { 'retry-after': `${busyForSeconds}` } : {};
      request.response = { ...response, headers: { ...response.headers, ...wait } };
    },
  };
}

/** The gateway's id of a request: in its access log, in each line of the function's log, and in the answer. */
export function requestIdOf(event: unknown, { awsRequestId }: Context): string {
  const { requestContext } = event as Partial<APIGatewayProxyEventV2>;
  // A direct invocation of the function may lack it.
  return requestContext?.requestId ?? awsRequestId;
}

/** Every line of the log names the route, and the booking where the path does: as `trip_id`, like the saga's own lines. */
function routeKeys(): middy.MiddlewareObj {
  return {
    before: function addRouteKeys({ event }) {
      const { routeKey, pathParameters } = event as Partial<APIGatewayProxyEventV2>;
      logger.appendKeys({ route: routeKey, trip_id: pathParameters?.id });
    },
  };
}

/** On every answer. A handler may keep its answer for other requests. */
function requestIds(): middy.MiddlewareObj {
  const add: middy.MiddlewareFn = function addRequestId(request) {
    const answer = request.response as APIGatewayProxyStructuredResultV2;
    request.response = {
      ...answer,
      headers: { ...answer.headers, 'x-request-id': requestIdOf(request.event, request.context) },
    };
  };
  return { after: add, onError: add };
}

/** HTTP forbids one; API Gateway would drop it, and has to be sent it for nothing. */
function noBodyForHead(): middy.MiddlewareObj {
  const drop: middy.MiddlewareFn = function dropBodyForHead(request) {
    const { method } = (request.event as APIGatewayProxyEventV2).requestContext.http;
    if (method !== 'HEAD') return;
    const { body, ...answer } = request.response as APIGatewayProxyStructuredResultV2;
    request.response = answer;
  };
  return { after: drop, onError: drop };
}

type Run = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

/**
 * Every HTTP handler has the same middlewares in the same order: log context, metrics, route, no body for `HEAD`, request ids, and
 * `errors` to answer them.
 */
export function handlerWith(errors: middy.MiddlewareObj, run: Run): HttpHandler {
  return observed<unknown, APIGatewayProxyStructuredResultV2>()
    .use(routeKeys())
    .use(noBodyForHead())
    .use(requestIds())
    .use(errors)
    .handler(async (event: unknown, context) =>
      run(event as APIGatewayProxyEventV2, context),
    ) as unknown as HttpHandler;
}

/** A handler whose errors are hidden. */
export function httpHandler(run: Run, options: { readonly serverErrorMessage: string }): HttpHandler {
  return handlerWith(hideErrors(options.serverErrorMessage), run);
}
