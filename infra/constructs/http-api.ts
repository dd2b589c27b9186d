import {
  Apigatewayv2Api,
  Apigatewayv2Integration,
  Apigatewayv2Route,
  Apigatewayv2Stage,
  CloudwatchLogGroup,
  Construct,
  LambdaPermission,
} from '../cdktf.ts';
import { physicalName, type StageConfig } from '../config.ts';
import { pascalCase } from '../saga-functions.ts';
import type { SagaFunction } from './saga-function.ts';

/** Access log fields. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
const accessLogFormat = {
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
  integrationError: '$context.integrationErrorMessage',
};

/** The HTTP API with the routes that its functions name. */
export class HttpApi extends Construct {
  readonly url: string;
  readonly id: string;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly config: StageConfig; readonly functions: readonly SagaFunction[] },
  ) {
    super(scope, id);
    const { config, functions } = props;
    const { corsOrigins } = config;

    const api = new Apigatewayv2Api(this, 'Api', {
      name: physicalName(config),
      protocolType: 'HTTP',
      ...(corsOrigins.length === 0
        ? {}
        : {
            corsConfiguration: {
              allowOrigins: [...corsOrigins],
              allowMethods: ['GET', 'POST', 'DELETE', 'OPTIONS'],
              allowHeaders: ['authorization', 'content-type', 'idempotency-key'],
              exposeHeaders: ['x-request-id'],
              maxAge: 600,
            },
          }),
    });
    this.id = api.id;
    this.url = api.apiEndpoint;

    for (const handler of functions) this.#route(api, handler);
    this.#stage(api, config);
  }

  #route(api: Apigatewayv2Api, handler: SagaFunction): void {
    const scope = new Construct(this, pascalCase(handler.definition.name));
    const integration = new Apigatewayv2Integration(scope, 'Integration', {
      apiId: api.id,
      integrationType: 'AWS_PROXY',
      integrationUri: handler.arn,
      payloadFormatVersion: '2.0',
    });
    for (const [position, routeKey] of (handler.definition.routes ?? []).entries()) {
      new Apigatewayv2Route(scope, `Route${position}`, {
        apiId: api.id,
        routeKey,
        target: `integrations/${integration.id}`,
      });
      new LambdaPermission(scope, `Permission${position}`, {
        statementId: `http-api-${position}`,
        action: 'lambda:InvokeFunction',
        functionName: handler.functionName,
        principal: 'apigateway.amazonaws.com',
        sourceArn: `${api.executionArn}/*/${permittedPath(routeKey)}`,
      });
    }
  }

  #stage(api: Apigatewayv2Api, config: StageConfig): void {
    const logGroup = new CloudwatchLogGroup(this, 'AccessLogs', {
      name: `/aws/vendedlogs/http-api/${physicalName(config)}`,
      retentionInDays: config.logRetentionDays,
    });
    new Apigatewayv2Stage(this, 'Stage', {
      apiId: api.id,
      name: '$default',
      autoDeploy: true,
      accessLogSettings: { destinationArn: logGroup.arn, format: JSON.stringify(accessLogFormat) },
      defaultRouteSettings: {
        throttlingRateLimit: config.throttling.requestsPerSecond,
        throttlingBurstLimit: config.throttling.burst,
        detailedMetricsEnabled: true,
      },
    });
  }
}

/** `GET /bookings/{id}` → `GET/bookings/*`, the form that a permission's source ARN has; `$default` stays. */
function permittedPath(routeKey: string): string {
  const [method = '', path] = routeKey.split(' ');
  if (path === undefined) return method;
  return `${method === 'ANY' ? '*' : method}${path.replaceAll(/\{[^}]+\}/g, '*')}`;
}
