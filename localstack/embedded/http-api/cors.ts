/** CORS by the API's `cors_configuration`. The gateway's headers replace the function's, which are dropped ("Configure CORS"). */

import type { Reply } from '../http.ts';
import type { StackResource } from '../types.ts';
import { corsSettingsOf } from './cors-settings.ts';
import type { GatewayRequest } from './request.ts';

export interface Cors {
  isPreflight(request: GatewayRequest): boolean;
  /** The answer to a preflight that no route takes. */
  preflight(request: GatewayRequest): Reply;
  apply(request: GatewayRequest, reply: Reply): Reply;
}

const NAMES = ['allow-origin', 'allow-credentials', 'allow-methods', 'allow-headers', 'expose-headers', 'max-age'];

/** @returns undefined where the API has no CORS configuration. @throws Error that names the place of what AWS refuses */
export function createCors(api: StackResource): Cors | undefined {
  const settings = corsSettingsOf(api);
  if (settings === undefined) return undefined;
  const { origins, methods, allowedHeaders: allowed, exposedHeaders: exposed, credentials, maxAge } = settings;

  function originHeaders({ headers: { origin } }: GatewayRequest): Record<string, string> | undefined {
    if (origin === undefined) return undefined;
    const any = origins.includes('*');
    const pattern = origins.some((entry) => entry.endsWith('://*') && origin.startsWith(entry.slice(0, -1)));
    if (!any && !pattern && !origins.includes(origin)) return undefined;
    return {
      'access-control-allow-origin': any ? '*' : origin,
      ...(credentials && { 'access-control-allow-credentials': 'true' }),
    };
  }

  function preflightHeaders({ headers }: GatewayRequest): Record<string, string> | undefined {
    const method = headers['access-control-request-method'] ?? '';
    const asked = (headers['access-control-request-headers'] ?? '').toLowerCase().split(/ *, */).filter(Boolean);
    const methodAllowed = methods.includes('*') || methods.includes(method);
    const headersAllowed = allowed.includes('*') || asked.every((name) => allowed.includes(name));
    if (!methodAllowed || !headersAllowed) return undefined;
    return {
      'access-control-allow-methods': methods.join(','),
      ...(allowed.length > 0 && { 'access-control-allow-headers': allowed.join(',') }),
      ...(maxAge !== undefined && { 'access-control-max-age': String(maxAge) }),
    };
  }

  const isPreflight = ({ method, headers }: GatewayRequest) =>
    method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;

  /** None at all unless origin, method and headers are allowed: a browser then refuses. */
  function headersFor(request: GatewayRequest): Record<string, string> {
    const origin = originHeaders(request);
    if (origin === undefined) return {};
    if (!isPreflight(request)) {
      return { ...origin, ...(exposed.length > 0 && { 'access-control-expose-headers': exposed.join(',') }) };
    }
    const preflight = preflightHeaders(request);
    return preflight === undefined ? {} : { ...origin, ...preflight };
  }

  return {
    isPreflight,
    preflight: (request) => ({ status: 204, headers: headersFor(request), body: '' }),
    apply(request, reply) {
      const headers = { ...reply.headers };
      for (const name of NAMES) delete headers[`access-control-${name}`];
      return { ...reply, headers: { ...headers, ...headersFor(request) } };
    },
  };
}
