import { headOf, withHead } from '#schema/http/routes.ts';
import {
  Apigatewayv2Api,
  Apigatewayv2Authorizer,
  Apigatewayv2Integration,
  Apigatewayv2Route,
  Apigatewayv2Stage,
  CloudwatchLogGroup,
  Construct,
  LambdaPermission,
} from '../cdktf.ts';
import { physicalName, type Rate, type StageConfig } from '../config.ts';
import { pascalCase } from '../functions/names.ts';
import type { SagaFunction } from './saga-function.ts';
import type { UserPool } from './user-pool.ts';

/** Access log fields. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
const accessLogFormat = {
  // The `x-request-id` of the answer, and `correlation_id` in every line of the function's log.
  requestId: '$context.requestId',
  time: '$context.requestTime',
  sourceIp: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  path: '$context.path',
  routeKey: '$context.routeKey',
  status: '$context.status',
  responseLength: '$context.responseLength',
  latencyMs: '$context.responseLatency',
  integrationLatencyMs: '$context.integrationLatency',
  // Lambda's own, `function_request_id` in the function's log.
  integrationRequestId: '$context.integration.requestId',
  integrationStatus: '$context.integration.status',
  error: '$context.error.message',
  authorizerError: '$context.authorizer.error',
  integrationError: '$context.integrationErrorMessage',
};

const clientHeaders = ['authorization', 'content-type', 'idempotency-key'];
/** Amplify's GraphQL client sends it with every request to what it takes for AppSync; browsers ask for each header. */
const amplifyHeaders = ['x-amz-user-agent'];

/** The HTTP API with the routes that its functions name; each asks for a token of the user pool, unless its function is open. */
export class HttpApi extends Construct {
  readonly url: string;
  readonly id: string;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly config: StageConfig; readonly functions: readonly SagaFunction[]; readonly userPool: UserPool },
  ) {
    super(scope, id);
    const { config, functions, userPool } = props;
    const { corsOrigins } = config;

    const api = new Apigatewayv2Api(this, 'Api', {
      name: physicalName(config),
      protocolType: 'HTTP',
      ...(corsOrigins.length === 0
        ? {}
        : {
            corsConfiguration: {
              allowOrigins: [...corsOrigins],
              allowMethods: ['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS'],
              allowHeaders: [...clientHeaders, ...amplifyHeaders],
              exposeHeaders: ['location', 'x-request-id', 'retry-after'],
              maxAge: 600,
            },
          }),
    });
    this.id = api.id;
    this.url = api.apiEndpoint;

    const authorizer = new Apigatewayv2Authorizer(this, 'Authorizer', {
      apiId: api.id,
      name: physicalName(config, 'customers'),
      authorizerType: 'JWT',
      identitySources: ['$request.header.Authorization'],
      jwtConfiguration: { issuer: userPool.issuer, audience: [userPool.clientId] },
    });
    const routes = functions.flatMap((handler) => this.#route(api, authorizer, handler));
    this.#stage(api, config, routes);
  }

  #route(api: Apigatewayv2Api, authorizer: Apigatewayv2Authorizer, handler: SagaFunction): Apigatewayv2Route[] {
    const scope = new Construct(this, pascalCase(handler.definition.name));
    const integration = new Apigatewayv2Integration(scope, 'Integration', {
      apiId: api.id,
      integrationType: 'AWS_PROXY',
      integrationUri: handler.arn,
      payloadFormatVersion: '2.0',
    });
    const { routes = [], methodNotAllowedPaths = [], access } = handler.definition;
    const methodNotAllowedKeys = methodNotAllowedPaths.map((path) => `ANY ${path}`);
    const made: Apigatewayv2Route[] = [];
    const route = (name: string, routeKey: string, isOpen: boolean): void => {
      made.push(
        new Apigatewayv2Route(scope, name, {
          apiId: api.id,
          routeKey,
          target: `integrations/${integration.id}`,
          ...(isOpen ? {} : { authorizationType: 'JWT', authorizerId: authorizer.id }),
        }),
      );
    };
    for (const [position, routeKey] of routes.entries()) {
      route(`Route${position}`, routeKey, access === 'open');
      const head = headOf(routeKey);
      // A name of its own: routes of deployed stacks must not change their names, or two of them would swap their keys.
      if (head !== undefined) route(`Head${position}`, head, access === 'open');
    }
    for (const [position, routeKey] of methodNotAllowedKeys.entries()) route(`Guard${position}`, routeKey, true);
    for (const [position, path] of permittedPaths([...withHead(routes), ...methodNotAllowedKeys]).entries()) {
      new LambdaPermission(scope, `Permission${position}`, {
        statementId: `http-api-${position}`,
        action: 'lambda:InvokeFunction',
        functionName: handler.functionName,
        principal: 'apigateway.amazonaws.com',
        sourceArn: `${api.executionArn}/*/${path}`,
      });
    }
    return made;
  }

  #stage(api: Apigatewayv2Api, config: StageConfig, routes: readonly Apigatewayv2Route[]): void {
    const logGroup = new CloudwatchLogGroup(this, 'AccessLogs', {
      name: `/aws/vendedlogs/http-api/${physicalName(config)}`,
      retentionInDays: config.logRetentionDays,
    });
    const throttled = routes.flatMap((route) => {
      const rate = rateOf(route.routeKeyInput ?? '', config.throttling);
      return rate === undefined ? [] : [{ route, rate }];
    });
    new Apigatewayv2Stage(this, 'Stage', {
      apiId: api.id,
      name: '$default',
      autoDeploy: true,
      accessLogSettings: { destinationArn: logGroup.arn, format: JSON.stringify(accessLogFormat) },
      defaultRouteSettings: settingsOf(config.throttling),
      ...(throttled.length === 0
        ? {}
        : {
            routeSettings: throttled.map(({ route, rate }) => ({
              routeKey: route.routeKeyInput ?? '',
              ...settingsOf(rate),
            })),
            // API Gateway refuses settings of a route that is not there.
            dependsOn: throttled.map(({ route }) => route),
          }),
    });
  }
}

/** All that a route's own settings have to say: what they leave out is 0 or off, and not what the stage's defaults say. */
function settingsOf({ requestsPerSecond, burst }: Rate) {
  return { throttlingRateLimit: requestsPerSecond, throttlingBurstLimit: burst, detailedMetricsEnabled: true };
}

/** The rate of a route's own; undefined where the stage's is good enough. */
function rateOf(routeKey: string, { routes = {} }: StageConfig['throttling']): Rate | undefined {
  if (routeKey === '$default') return routes.demo;
  if (routeKey === 'POST /payments/charges') return routes.charges;
  return routeKey.startsWith('ANY ') ? routes.methodNotAllowed : undefined;
}

/** The paths of a function's permissions; one that another one covers is left out. */
export function permittedPaths(routeKeys: readonly string[]): string[] {
  const paths = routeKeys.map(permittedPath);
  return paths.filter((path) => !paths.some((other) => other !== path && covers(other, path)));
}

/** `GET /bookings/{id}` → `GET/bookings/*`, the form that a permission's source ARN has; `$default` stays. */
function permittedPath(routeKey: string): string {
  const [method = '', path] = routeKey.split(' ');
  if (path === undefined) return method;
  return `${method === 'ANY' ? '*' : method}${path.replaceAll(/\{[^}]+\}/g, '*')}`;
}

function covers(pattern: string, path: string): boolean {
  const expression = pattern.replaceAll(/[$+.?()[\]{}|\\^]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${expression}$`).test(path);
}
