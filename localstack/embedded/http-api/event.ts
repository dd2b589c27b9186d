/**
 * The event of payload format 2.0 ("Create AWS Lambda proxy integrations for HTTP APIs" of the developer guide). Where the guide is
 * silent: the path and the path parameters come decoded, the query string does not, absent parts are left out.
 */

import type { JwtContext } from './jwt-authorizer.ts';
import { type GatewayRequest, HOP_BY_HOP } from './request.ts';

/** HTTP APIs hand on these bodies as text; all others as base64, forms among them. */
const TEXT_TYPE = /^(?:text\/|application\/(?:json|javascript|xml|[\w.-]+\+(?:json|xml))\b)/i;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export interface EventParts {
  readonly request: GatewayRequest;
  readonly body: Buffer;
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>> | undefined;
  readonly jwt: JwtContext | undefined;
  readonly accountId: string;
  readonly apiId: string;
  readonly stage: string;
  readonly stageVariables: Readonly<Record<string, string>> | undefined;
  readonly port: number;
}

export function buildEvent(parts: EventParts): Record<string, unknown> {
  const { request, routeKey, stage } = parts;
  const { cookie, ...headers } = request.headers;
  const domainName = (request.headers.host ?? 'localhost').replace(/:\d+$/, '');
  return {
    version: '2.0',
    routeKey,
    rawPath: request.path,
    rawQueryString: request.query,
    ...(cookie !== undefined && { cookies: cookie.split(/; */) }),
    headers: forwardedHeaders(headers, parts),
    ...(request.query !== '' && { queryStringParameters: joinQuery(request.query) }),
    requestContext: {
      accountId: parts.accountId,
      apiId: parts.apiId,
      ...(parts.jwt && { authorizer: { jwt: parts.jwt } }),
      domainName,
      domainPrefix: domainName.split('.')[0],
      http: {
        method: request.method,
        path: request.path,
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: request.requestId,
      routeKey,
      stage,
      time: requestTime(request.receivedAt),
      timeEpoch: request.receivedAt,
    },
    ...(parts.pathParameters && { pathParameters: parts.pathParameters }),
    ...(parts.stageVariables && { stageVariables: parts.stageVariables }),
    ...bodyMembers(parts.body, request.headers['content-type']),
  };
}

/** `12/Mar/2020:19:03:58 +0000`, always UTC. */
export function requestTime(at: number): string {
  const iso = new Date(at).toISOString();
  return `${iso.slice(8, 10)}/${MONTHS[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}

function forwardedHeaders(
  headers: Record<string, string>,
  { request, body, port }: EventParts,
): Record<string, string> {
  const passed = Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)));
  const earlier = headers['x-forwarded-for'];
  return {
    ...passed,
    'content-length': String(body.length),
    'x-amzn-trace-id': headers['x-amzn-trace-id'] ?? traceId(request),
    'x-forwarded-for': earlier === undefined ? request.sourceIp : `${earlier}, ${request.sourceIp}`,
    'x-forwarded-port': String(port),
    'x-forwarded-proto': 'http',
  };
}

function traceId({ requestId, receivedAt }: GatewayRequest): string {
  const unique = Buffer.from(requestId, 'base64').toString('hex').padEnd(24, '0').slice(0, 24);
  return `Root=1-${Math.floor(receivedAt / 1_000).toString(16)}-${unique}`;
}

function joinQuery(query: string): Record<string, string> {
  const joined = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const earlier = joined.get(name);
    joined.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  // Not by assignment: `__proto__` is a name as any other.
  return Object.fromEntries(joined);
}

function bodyMembers(body: Buffer, contentType: string | undefined): { body?: string; isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false };
  const text = body.toString('utf8');
  const isText = contentType === undefined ? Buffer.from(text, 'utf8').equals(body) : TEXT_TYPE.test(contentType);
  return isText ? { body: text, isBase64Encoded: false } : { body: body.toString('base64'), isBase64Encoded: true };
}
