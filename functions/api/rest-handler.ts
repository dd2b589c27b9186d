import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { ClientError } from '#functions/shared/client-error.ts';
import { logContext, metricsOfInvocation } from '#functions/shared/lambda-middleware.ts';
import { countInvalidRequest, logger } from '#functions/shared/observability.ts';
import type { HttpHandler } from './http-handler.ts';
import { problem } from './problem.ts';

export interface RestRequest {
  readonly event: APIGatewayProxyEventV2;
  /** Of the path; not validated. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface RestRoute {
  /** As the OpenAPI document and the metric call it. */
  readonly operation: string;
  run(request: RestRequest): Promise<APIGatewayProxyStructuredResultV2>;
}

/** By route key, for instance `GET /bookings/{id}`. */
export type RestRoutes = Readonly<Record<string, RestRoute>>;

/**
 * The handler of some routes of the REST API: finds the route, tells errors as problems, and hides those that are not
 * the client's. A path of ours with a method that it does not have is 405, and takes preflights.
 */
export function restHandler(routes: RestRoutes): HttpHandler {
  return middy<unknown, APIGatewayProxyStructuredResultV2>()
    .use(logContext())
    .use(metricsOfInvocation())
    .use(requestIds())
    .use(problems())
    .handler(async (event: unknown) => dispatch(routes, event as APIGatewayProxyEventV2)) as unknown as HttpHandler;
}

async function dispatch(routes: RestRoutes, event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const { method } = event.requestContext.http;
  const allowed: string[] = [];
  for (const [routeKey, route] of Object.entries(routes)) {
    const [routeMethod = '', template = ''] = routeKey.split(' ');
    const parameters = matched(template, event.rawPath);
    if (parameters === undefined) continue;
    if (routeMethod === method) return counted(route, () => route.run({ event, parameters }));
    allowed.push(routeMethod);
  }
  if (allowed.length === 0) return problem(404, { title: 'Not found', detail: 'There is no such resource' });
  const allow = allowed.join(', ');
  // A browser asks before it sends; the gateway adds what CORS needs.
  if (method === 'OPTIONS') return { statusCode: 204, headers: { allow } };
  const refusal = problem(405, { title: 'Method not allowed', detail: `This resource takes ${allow}` });
  return { ...refusal, headers: { ...refusal.headers, allow } };
}

/** The path's parameters, or undefined where it does not fit. The gateway has decoded it already. */
function matched(template: string, path: string): Record<string, string> | undefined {
  const [parts, segments] = [template.split('/'), path.split('/')];
  if (parts.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [position, part] of parts.entries()) {
    const segment = segments[position] ?? '';
    if (part.startsWith('{')) parameters[part.slice(1, -1)] = segment;
    else if (part !== segment) return undefined;
  }
  return parameters;
}

async function counted<Result>({ operation }: RestRoute, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    // What is not there (any more), or not yet ready, was no invalid thing to ask for.
    if (error instanceof ClientError && error.field !== undefined) countInvalidRequest(operation);
    throw error;
  }
}

function problems(): middy.MiddlewareObj {
  return {
    onError: function answerProblem(request) {
      const { error, context } = request;
      if (error instanceof ClientError) {
        const { status, title, message: detail, field } = error;
        request.response = problem(status, { title, detail, field });
        return;
      }
      if (error !== null) logger.error('Request failed', error);
      request.response = problem(500, { title: 'Internal server error', requestId: context.awsRequestId });
    },
  };
}

/** The id under which the log has this request, on every answer. */
function requestIds(): middy.MiddlewareObj {
  const add: middy.MiddlewareFn = function addRequestId({ response, context }) {
    const answer = response as APIGatewayProxyStructuredResultV2;
    answer.headers = { ...answer.headers, 'x-request-id': context.awsRequestId };
  };
  return { after: add, onError: add };
}
