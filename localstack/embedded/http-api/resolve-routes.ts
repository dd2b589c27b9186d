/** Joins routes, integrations and authorizers of the stack; what cannot be served is an error at the start. */

import { addressOf, checkRange, refuseAttributes } from '../resource.ts';
import type { StackResource } from '../types.ts';
import { type Route, scopesOfRoute } from './gateway.ts';
import { createJwtAuthorizer, type Issuers, type JwtAuthorizer } from './jwt-authorizer.ts';
import { createRoutes, type Routes } from './routes.ts';

/** AWS's shortest time for an integration, and its longest, which is the default. */
const [LEAST_MS, INTEGRATION_LIMIT_MS] = [50, 30_000];

/** Of an integration; the advice says what does the same. */
const REFUSED = {
  request_parameters: 'let the function read the request as it came',
  response_parameters: 'let the function answer with these headers and this status',
  credentials_arn: 'permit the API by an aws_lambda_permission',
};

export interface RouteResources {
  readonly routes: readonly StackResource[];
  readonly integrations: readonly StackResource[];
  readonly authorizers?: readonly StackResource[];
  readonly issuers?: Issuers | undefined;
}

/** @throws an error that names the route and what is wrong with it */
export function resolveRoutes({
  routes,
  integrations,
  authorizers = [],
  issuers = () => undefined,
}: RouteResources): Routes<Route> {
  const guards = new Map<string, JwtAuthorizer>();
  for (const authorizer of authorizers) {
    guards.set(String(authorizer.attributes.id), createJwtAuthorizer(authorizer, issuers));
  }
  const byId = new Map(integrations.map((integration) => [String(integration.attributes.id), integration]));

  return createRoutes(
    routes.map((resource) => {
      const fail = (what: string) => new Error(`aws_apigatewayv2_route.${resource.name}: ${what}`);
      const {
        route_key: routeKey,
        target,
        authorization_type: type = 'NONE',
        authorizer_id: authorizerId,
      } = resource.attributes;
      const integration = byId.get(String(target).replace(/^integrations\//, ''));
      if (integration === undefined) throw fail(`its target "${target}" is no integration of the stack`);
      const authorizer = guards.get(String(authorizerId));
      if (type !== 'NONE' && (type !== 'JWT' || authorizer === undefined)) {
        throw fail(`authorization "${type}" with authorizer "${authorizerId}" is not served here, only JWT`);
      }
      const route: Route = {
        functionArn: functionArnOf(integration),
        timeoutMs: timeoutOf(integration),
        authorizer: type === 'JWT' ? authorizer : undefined,
        scopes: scopesOfRoute(resource),
      };
      return { routeKey: String(routeKey), route, place: `${addressOf(resource)}.route_key` };
    }),
  );
}

function timeoutOf(integration: StackResource): number {
  const timeout = Number(integration.attributes.timeout_milliseconds ?? INTEGRATION_LIMIT_MS);
  checkRange(`${addressOf(integration)}.timeout_milliseconds`, timeout, [LEAST_MS, INTEGRATION_LIMIT_MS]);
  return timeout;
}

/** Both the function's ARN and its invoke ARN (`…:path/2015-03-31/functions/<arn>/invocations`) are in use. */
function functionArnOf(integration: StackResource): string {
  const { name, attributes } = integration;
  refuseAttributes(integration, REFUSED);
  const { integration_type: type, payload_format_version: version = '1.0', integration_uri: uri = '' } = attributes;
  const [arn] = /arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w$:-]+/.exec(String(uri)) ?? [];
  if (type !== 'AWS_PROXY' || version !== '2.0' || arn === undefined) {
    throw new Error(
      `aws_apigatewayv2_integration.${name}: only AWS_PROXY to a Lambda function with payload format 2.0 is served here, ` +
        `not ${type} to "${uri}" with ${version}`,
    );
  }
  return arn;
}
