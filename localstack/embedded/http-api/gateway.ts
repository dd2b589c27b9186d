/** One request through the gateway: route, throttle, body, authorizer, integration, CORS. */

import type { IncomingMessage } from 'node:http';
import { type Reply, readBody } from '../http.ts';
import { addressOf } from '../resource.ts';
import { AwsError, type StackResource } from '../types.ts';
import { messageOf } from '../values.ts';
import { texts } from './attributes.ts';
import type { Cors } from './cors.ts';
import { buildEvent } from './event.ts';
import type { JwtAuthorizer, JwtContext } from './jwt-authorizer.ts';
import { message, replyOf } from './reply.ts';
import { BODY_LIMIT_BYTES, type GatewayRequest, HEAD_LIMIT_BYTES } from './request.ts';
import type { Routes } from './routes.ts';
import type { Throttle } from './throttle.ts';

export type InvokePort = (
  functionArn: string,
  payload: unknown,
  /** The ARN that a Lambda permission's `source_arn` is matched against. */
  sourceArn: string,
  /** Fires once the answer comes too late: the function need not begin any more. */
  signal: AbortSignal,
) => Promise<{ payload: unknown; functionError?: string; requestId?: string | undefined }>;

export interface Route {
  readonly functionArn: string;
  readonly timeoutMs: number;
  readonly authorizer: JwtAuthorizer | undefined;
  readonly scopes: readonly string[];
}

export interface GatewayParts {
  readonly routes: Routes<Route>;
  readonly cors: Cors | undefined;
  readonly throttle: Throttle;
  readonly invoke: InvokePort;
  readonly apiId: string;
  readonly accountId: string;
  readonly executionArn: string;
  readonly stage: StackResource;
  port(): number;
}

/** What the access log tells beyond the request. */
export interface Trail {
  routeKey?: string;
  integrationLatencyMs?: number;
  integrationStatus?: number;
  /** Lambda's own, which the function logs and answers. */
  integrationRequestId?: string | undefined;
  /** What the gateway itself answered. */
  errorMessage?: string;
  integrationError?: string;
  authorizerError?: string;
  claims?: JwtContext['claims'];
}

export type Gateway = (request: GatewayRequest, incoming: IncomingMessage, trail: Trail) => Promise<Reply>;

export function createGateway(parts: GatewayParts): Gateway {
  const { routes, cors, throttle, stage } = parts;
  const stageName = String(stage.attributes.name);
  const prefix = stageName === '$default' ? '' : `/${stageName}`;
  const stageVariables = stage.attributes.stage_variables as Record<string, string> | undefined;

  async function answer(request: GatewayRequest, incoming: IncomingMessage, trail: Trail): Promise<Reply> {
    if (request.headBytes > HEAD_LIMIT_BYTES) return refusal(trail, 431, 'Request Header Fields Too Large');
    const path = withoutPrefix(request.path, prefix);
    const match = path === undefined ? undefined : routes(request.method, path);
    if (match === undefined) {
      return cors?.isPreflight(request) ? cors.preflight(request) : refusal(trail, 404, 'Not Found');
    }
    const { route, routeKey, pathParameters } = match;
    trail.routeKey = routeKey;
    if (!throttle(routeKey)) return refusal(trail, 429, 'Too Many Requests');

    const body = await readBody(incoming, BODY_LIMIT_BYTES);
    if (body === undefined) return refusal(trail, 413, 'Request Entity Too Large');

    const verdict = await route.authorizer?.(request, route.scopes);
    if (verdict !== undefined && 'refusal' in verdict) {
      trail.authorizerError = String(verdict.refusal.headers['www-authenticate']);
      return verdict.refusal;
    }
    const jwt = verdict?.jwt;
    if (jwt !== undefined) trail.claims = jwt.claims;
    const { apiId, accountId } = parts;
    const port = parts.port();
    const event = buildEvent({
      request,
      body,
      routeKey,
      pathParameters,
      jwt,
      accountId,
      apiId,
      stage: stageName,
      stageVariables,
      port,
    });
    return integrate(route, event, `${parts.executionArn}/${stageName}/${sourcePath(routeKey)}`, trail);
  }

  async function integrate(route: Route, event: unknown, sourceArn: string, trail: Trail): Promise<Reply> {
    const began = performance.now();
    try {
      const result = await withLimit(
        (signal) => parts.invoke(route.functionArn, event, sourceArn, signal),
        route.timeoutMs,
      );
      trail.integrationLatencyMs = Math.round(performance.now() - began);
      if (result === undefined) {
        trail.integrationError = `The integration took longer than ${route.timeoutMs} ms`;
        return refusal(trail, 503, 'Service Unavailable');
      }
      trail.integrationRequestId = result.requestId;
      trail.integrationStatus = 200;
      const reply = result.functionError === undefined ? replyOf(result.payload) : undefined;
      if (reply !== undefined) return reply;
      trail.integrationError =
        result.functionError === undefined
          ? `The function's answer has no valid form: ${JSON.stringify(result.payload)?.slice(0, 200)}`
          : `The function failed: ${reasonOf(result.payload)}`;
    } catch (error) {
      trail.integrationLatencyMs = Math.round(performance.now() - began);
      trail.integrationError = messageOf(error);
      // Between Lambda's limit and the gateway's own: what Lambda refuses as too large, AWS answers as too large.
      if (isTooLarge(error)) return refusal(trail, 413, 'Request Entity Too Large');
    }
    // What Lambda refuses, throttles among it, is an internal error: https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway-errors.html
    return refusal(trail, 500, 'Internal Server Error');
  }

  return async (request, incoming, trail) => {
    const reply = await answer(request, incoming, trail);
    return cors === undefined ? reply : cors.apply(request, reply);
  };
}

/** `TypeError: no table`, of what Lambda answers for a function that failed; another answer as it is. */
function reasonOf(payload: unknown): string {
  const { errorType, errorMessage } = (payload ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof errorMessage !== 'string') return JSON.stringify(payload)?.slice(0, 200);
  return (typeof errorType === 'string' ? `${errorType}: ${errorMessage}` : errorMessage).slice(0, 200);
}

function refusal(trail: Trail, status: number, text: string): Reply {
  trail.errorMessage = text;
  return message(status, text);
}

const isTooLarge = (error: unknown): boolean => error instanceof AwsError && error.statusCode === 413;

/** @returns undefined for a path outside the stage */
function withoutPrefix(path: string, prefix: string): string | undefined {
  if (prefix === '') return path;
  if (path === prefix) return '/';
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : undefined;
}

/** `GET /a/{id}` → `GET/a/{id}` */
function sourcePath(routeKey: string): string {
  return routeKey.replace(' ', '');
}

/** @returns undefined once the time is over; a function that runs by then goes on, as it does on AWS */
function withLimit<T>(work: (signal: AbortSignal) => Promise<T>, limitMs: number): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const caller = new AbortController();
    const timer = setTimeout(() => {
      resolve(undefined);
      caller.abort();
    }, limitMs);
    const settle = (done: () => void) => {
      clearTimeout(timer);
      done();
    };
    work(caller.signal).then(
      (value) => settle(() => resolve(value)),
      (error) => settle(() => reject(error)),
    );
  });
}

export function scopesOfRoute(route: StackResource): readonly string[] {
  return texts(`${addressOf(route)}.authorization_scopes`, route.attributes.authorization_scopes);
}
