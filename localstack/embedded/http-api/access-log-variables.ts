/** The `$context` variables of access logs ("Customize HTTP API access logs" of the developer guide). */

import type { ContextVariable } from './access-log.ts';
import { requestTime } from './event.ts';
import type { Trail } from './gateway.ts';
import type { GatewayRequest } from './request.ts';

export interface AccessLogParts {
  readonly request: GatewayRequest;
  readonly trail: Trail;
  readonly status: number;
  readonly responseLength: number;
  readonly latencyMs: number;
  readonly apiId: string;
  readonly accountId: string;
  readonly stage: string;
}

const CLAIM = 'authorizer.claims.';

export function accessLogVariable(parts: AccessLogParts): (name: string) => ContextVariable {
  const { trail } = parts;
  return (name) => {
    if (name.startsWith(CLAIM)) return trail.claims?.[name.slice(CLAIM.length)];
    return Object.hasOwn(VARIABLES, name) ? VARIABLES[name]?.(parts) : undefined;
  };
}

const host = ({ request }: AccessLogParts) => (request.headers.host ?? 'localhost').replace(/:\d+$/, '');
const requestId = ({ request }: AccessLogParts) => request.requestId;
const integrationError = ({ trail }: AccessLogParts) => trail.integrationError;
const integrationLatency = ({ trail }: AccessLogParts) => trail.integrationLatencyMs;
const integrationStatus = ({ trail }: AccessLogParts) => trail.integrationStatus;

const VARIABLES: Readonly<Record<string, (parts: AccessLogParts) => ContextVariable>> = {
  accountId: ({ accountId }) => accountId,
  apiId: ({ apiId }) => apiId,
  'authorizer.error': ({ trail }) => trail.authorizerError,
  domainName: host,
  domainPrefix: (parts) => host(parts).split('.')[0],
  'error.message': ({ trail }) => trail.errorMessage,
  extendedRequestId: requestId,
  httpMethod: ({ request }) => request.method,
  'identity.sourceIp': ({ request }) => request.sourceIp,
  'identity.userAgent': ({ request }) => request.headers['user-agent'],
  'integration.error': integrationError,
  'integration.integrationStatus': integrationStatus,
  'integration.latency': integrationLatency,
  'integration.requestId': ({ trail }) => trail.integrationRequestId,
  'integration.status': integrationStatus,
  integrationErrorMessage: integrationError,
  integrationLatency,
  integrationStatus,
  path: ({ request }) => request.path,
  protocol: ({ request }) => request.protocol,
  requestId,
  requestTime: ({ request }) => requestTime(request.receivedAt),
  requestTimeEpoch: ({ request }) => request.receivedAt,
  responseLatency: ({ latencyMs }) => latencyMs,
  responseLength: ({ responseLength }) => responseLength,
  routeKey: ({ trail }) => trail.routeKey,
  stage: ({ stage }) => stage,
  status: ({ status }) => status,
};
