import type middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { ZodMiniType } from 'zod/mini';
import { countInvalidRequest, logger } from '#functions/shared/aws/observability.ts';
import { toldOf } from '#functions/shared/aws/throttling.ts';
import { ClientError, TryLaterError } from '#functions/shared/http/client-error.ts';
import { withHead } from '#schema/http/routes.ts';
import { type HttpHandler, handlerWith, requestIdOf } from './http-handler.ts';
import { methodNotAllowed, problem } from './problem.ts';
import { refuseQuery } from './query-string.ts';
import { refuseBody } from './read-request.ts';

export interface RestRequest {
  readonly event: APIGatewayProxyEventV2;
  /** Of the path; not validated. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface RestRoute {
  /** As the OpenAPI document and the metric call it. */
  readonly operation: string;
  /** Of its query string; a route without one takes no parameters. */
  readonly query?: ZodMiniType;
  /** Whether it reads a body; one that reads none refuses it. */
  readonly takesBody?: true;
  run(request: RestRequest): Promise<APIGatewayProxyStructuredResultV2>;
}

/** By route key, for instance `GET /bookings/{id}`. */
export type RestRoutes = Readonly<Record<string, RestRoute>>;

/**
 * The handler of some routes of the REST API: finds the route, tells errors as problems, and hides those that are not
 * the client's. A path of ours with a method that it does not have is 405, and takes preflights.
 */
export function restHandler(routes: RestRoutes): HttpHandler {
  return handlerWith(problems(), (event) => dispatch(routes, event));
}

/** By the gateway's own route, never by the path: the `methodNotAllowedPaths` take what fits no route, and have no authorizer. */
async function dispatch(routes: RestRoutes, event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const { pathParameters } = event;
  // What GET answers, whose body the middlewares drop.
  const routeKey = event.routeKey.replace(/^HEAD /, 'GET ');
  const route = Object.hasOwn(routes, routeKey) ? routes[routeKey] : undefined;
  if (route === undefined) return guarded(Object.keys(routes), event);
  return counted(route, async () => {
    if (route.query === undefined) refuseQuery(event);
    if (route.takesBody === undefined) refuseBody(event);
    return route.run({ event, parameters: parametersOf(pathParameters) });
  });
}

/** No resource, or one that does not take the method. */
function guarded(routeKeys: readonly string[], event: APIGatewayProxyEventV2): APIGatewayProxyStructuredResultV2 {
  const { method } = event.requestContext.http;
  const methods = withHead(routeKeys)
    .map((routeKey) => routeKey.split(' '))
    .filter(([, path = '']) => fits(path, event.rawPath));
  const allowed = methods.map(([name = '']) => name);
  if (allowed.length === 0 || allowed.includes(method))
    return problem(404, { title: 'Not found', detail: 'There is no such resource' });
  // A browser asks before it sends; the gateway adds what CORS needs.
  if (method === 'OPTIONS') return { statusCode: 204, headers: { allow: allowed.join(', ') } };
  return methodNotAllowed(allowed);
}

const parametersOf = (given: APIGatewayProxyEventV2['pathParameters']): Record<string, string> =>
  Object.fromEntries(Object.entries(given ?? {}).map(([name, value]) => [name, value ?? '']));

/** As the gateway sees it: a variable is one segment, and never an empty one. */
function fits(template: string, path: string): boolean {
  const [parts, segments] = [template.split('/'), path.split('/')];
  return (
    parts.length === segments.length &&
    parts.every((part, position) => (part.startsWith('{') ? segments[position] !== '' : part === segments[position]))
  );
}

async function counted<Result>({ operation }: RestRoute, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    // A request for something missing or not yet ready is not counted as invalid.
    if (error instanceof ClientError && error.field !== undefined) countInvalidRequest(operation);
    throw error;
  }
}

function problems(): middy.MiddlewareObj {
  return {
    onError: function answerProblem(request) {
      const { error, event, context } = request;
      const told = toldOf(error);
      if (told !== undefined) {
        const { status, title, message: detail, field } = told;
        const later = told instanceof TryLaterError ? told : undefined;
        if (later !== undefined) logger.warn(later.message, { error: later.cause as Error });
        request.response = problem(status, { title, detail, field, retryAfterSeconds: later?.retryAfterSeconds });
        return;
      }
      if (error) logger.error('Request failed', error);
      request.response = problem(500, { title: 'Internal server error', requestId: requestIdOf(event, context) });
    },
  };
}
