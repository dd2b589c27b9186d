import { beforeAll, describe, expect, it } from '@jest/globals';
import { stageConfig } from '#infra/config.ts';
import { permittedPaths } from '#infra/constructs/http-api.ts';
import { functionsOf } from '#infra/saga-functions.ts';
import { withHead } from '#schema/http/routes.ts';
import { settingsOf } from './support/production.ts';
import { type Json, type Synthesized, synthesize } from './support/synthesized.ts';

let local: Synthesized;

let prod: Synthesized;

beforeAll(() => {
  local = synthesize({ STAGE: 'local' });
  prod = synthesize({ STAGE: 'prod' });
});

/** Route key → name of the function behind it. */
function routesOf(stack: Synthesized): Record<string, string> {
  return Object.fromEntries(
    Object.values(stack.resources('aws_apigatewayv2_route')).map(({ route_key, target }) => {
      const [, integration = ''] = /^integrations\/\$\{aws_apigatewayv2_integration\.(\w+)\.id\}$/.exec(target) ?? [];
      const { integration_uri } = stack.resources('aws_apigatewayv2_integration')[integration];
      const [, handler = ''] = /^\$\{aws_lambda_function\.(\w+)\.arn\}$/.exec(integration_uri) ?? [];
      return [route_key, stack.resources('aws_lambda_function')[handler].function_name];
    }),
  );
}

describe('HTTP API', () => {
  it.each(['local', 'prod'] as const)('routes what the functions of stage %s name, and nothing else', (stage) => {
    const named = functionsOf(stageConfig(settingsOf(stage))).flatMap(
      ({ name, routes = [], methodNotAllowedPaths = [] }) =>
        [...withHead(routes), ...methodNotAllowedPaths.map((path) => `ANY ${path}`)].map((routeKey) => [
          routeKey,
          `booking-saga-${stage}-${name}`,
        ]),
    );

    expect(routesOf(stage === 'local' ? local : prod)).toEqual(Object.fromEntries(named));
    expect(Object.fromEntries(named)).toHaveProperty(['GET /health'], `booking-saga-${stage}-health`);
  });

  it('has a route for HEAD beside each for GET, with the same function and the same authorizer', () => {
    const byKey = new Map<string, Json>(
      Object.values(local.resources('aws_apigatewayv2_route')).map((route) => [route.route_key, route]),
    );
    const gets = [...byKey.keys()].filter((routeKey) => routeKey.startsWith('GET '));
    expect(gets).toContain('GET /bookings/{id}');
    const meaning = ({ api_id, target, authorization_type, authorizer_id }: Json = {}): unknown[] => [
      ...[api_id, target, authorization_type, authorizer_id],
    ];
    for (const routeKey of gets) {
      const head = byKey.get(routeKey.replace('GET', 'HEAD'));
      expect([routeKey, ...meaning(head)]).toEqual([routeKey, ...meaning(byKey.get(routeKey))]);
    }
  });

  it('keeps the names of its routes, since two that swapped them would each refuse the key of the other', () => {
    const named = Object.entries(local.resources('aws_apigatewayv2_route')).map(([id, { route_key }]) => [
      id.replace(/_[0-9A-F]{8}$/, ''),
      route_key,
    ]);
    expect(Object.fromEntries(named)).toMatchObject({
      HttpApi_Bookings_Route0: 'POST /bookings',
      HttpApi_Bookings_Route1: 'GET /bookings',
      HttpApi_Bookings_Route4: 'GET /bookings/{id}/history',
      HttpApi_Bookings_Head1: 'HEAD /bookings',
      HttpApi_Bookings_Guard1: 'ANY /bookings/{proxy+}',
      HttpApi_Health_Route0: 'GET /health',
      HttpApi_StartBooking_Route0: '$default',
    });
  });

  it('leaves everything else to the demo where the stage has it', () => {
    expect(routesOf(local)).toMatchObject({ $default: 'booking-saga-local-start-booking' });
    expect(routesOf(prod)).not.toHaveProperty('$default');
  });

  it('lets the demo take nothing of a path that another function has', () => {
    const routes = Object.keys(routesOf(local));
    const paths = routes.flatMap((routeKey) => routeKey.split(' ').slice(1));
    const guarded = (path: string): boolean =>
      routes.includes(`ANY ${path}`) || routes.includes(`ANY ${path.replace(/\/\{.*/, '/{proxy+}')}`);
    expect(paths.filter((path) => !guarded(path))).toEqual([]);
  });

  it('may invoke each function by its own routes only', () => {
    const permissions = Object.values(local.resources('aws_lambda_permission')).filter(
      ({ principal }) => principal === 'apigateway.amazonaws.com',
    );
    const api = `\${${local.reference('aws_apigatewayv2_api')}.execution_arn}/*/`;
    const permitted = permissions.map(({ function_name, source_arn }: Json) => {
      const [, handler = ''] = /aws_lambda_function\.(\w+)\.function_name/.exec(function_name) ?? [];
      expect(source_arn.startsWith(api)).toBe(true);
      return `${local.resources('aws_lambda_function')[handler].function_name} ${source_arn.slice(api.length)}`;
    });

    const expected = functionsOf(stageConfig({ STAGE: 'local' })).flatMap(
      ({ name, routes = [], methodNotAllowedPaths = [] }) =>
        permittedPaths([...withHead(routes), ...methodNotAllowedPaths.map((path) => `ANY ${path}`)]).map(
          (path) => `booking-saga-local-${name} ${path}`,
        ),
    );
    expect(permitted.sort()).toEqual(expected.sort());
    expect(permitted).toEqual(
      expect.arrayContaining([
        'booking-saga-local-health */health',
        'booking-saga-local-bookings */bookings',
        'booking-saga-local-bookings */bookings/*',
        'booking-saga-local-start-booking $default',
      ]),
    );
  });

  it('throttles and writes an access log', () => {
    const stage = prod.resource('aws_apigatewayv2_stage');

    expect(stage).toMatchObject({
      name: '$default',
      auto_deploy: true,
      default_route_settings: { throttling_rate_limit: 500, throttling_burst_limit: 1000 },
    });
    const [, logGroup = ''] =
      /aws_cloudwatch_log_group\.(\w+)\.arn/.exec(stage.access_log_settings.destination_arn) ?? [];
    expect(prod.resources('aws_cloudwatch_log_group')[logGroup].retention_in_days).toBe(365);
    expect(JSON.parse(stage.access_log_settings.format)).toMatchObject({
      requestId: '$context.requestId',
      status: '$context.status',
      error: '$context.error.message',
      // Joins the line with the function's log and with what the customer was told.
      integrationRequestId: '$context.integration.requestId',
      integrationStatus: '$context.integration.status',
    });
  });

  describe('throttles of single routes', () => {
    const dev = synthesize({ STAGE: 'dev' });
    const settingsOn = (stack: Synthesized): Record<string, Json> =>
      Object.fromEntries(
        (stack.resource('aws_apigatewayv2_stage').route_settings ?? []).map((settings: Json) => [
          settings.route_key,
          settings,
        ]),
      );

    it('limit the demo, charges and routes without a token, and set every value themselves, since the stage’s do not apply', () => {
      const full = (throttling_rate_limit: number, throttling_burst_limit: number) => ({
        ...{ throttling_rate_limit, throttling_burst_limit },
        detailed_metrics_enabled: true,
      });
      const methodNotAllowed = Object.keys(routesOf(dev)).filter((routeKey) => routeKey.startsWith('ANY '));
      expect(methodNotAllowed.length).toBeGreaterThan(5);
      expect(settingsOn(dev)).toEqual(
        Object.fromEntries(
          [
            ['$default', full(1, 5)] as const,
            ['POST /payments/charges', full(5, 10)] as const,
            ...methodNotAllowed.map((routeKey) => [routeKey, full(10, 20)] as const),
          ].map(([route_key, settings]) => [route_key, { route_key, ...settings }]),
        ),
      );
    });

    it('are for routes that the stack has, which are there before the stage', () => {
      for (const stack of [dev, prod]) {
        const keys = Object.keys(settingsOn(stack));
        const routes = Object.entries(stack.resources('aws_apigatewayv2_route'));
        const throttled = routes.filter(([, { route_key }]) => keys.includes(route_key));
        expect(throttled).toHaveLength(keys.length);
        expect(stack.resource('aws_apigatewayv2_stage').depends_on.sort()).toEqual(
          throttled.map(([id]) => `aws_apigatewayv2_route.${id}`).sort(),
        );
      }
      expect(Object.keys(settingsOn(prod))).toContain('POST /payments/charges');
      expect(Object.keys(settingsOn(prod))).not.toContain('$default');
    });

    it('are none on this machine: neither on stage local nor on an emulator', () => {
      const emulated = synthesize({ STAGE: 'dev', TARGET_ENDPOINT: 'http://127.0.0.1:4566' });
      expect([settingsOn(local), settingsOn(emulated)]).toEqual([{}, {}]);
    });
  });

  it('lets browsers of any origin in locally, of named ones in production, and of none where none is named', () => {
    const corsOf = (stack: Synthesized): Json => stack.resource('aws_apigatewayv2_api').cors_configuration;

    expect(corsOf(local).allow_origins).toEqual(['*']);
    expect(corsOf(prod).allow_origins).toEqual(['https://holidays.example.com']);
    const closed = synthesize({ STAGE: 'dev' }, (config) => ({ ...config, corsOrigins: [] }));
    expect(corsOf(closed)).toBeUndefined();
  });

  it('takes payload format 2.0', () => {
    for (const integration of Object.values(local.resources('aws_apigatewayv2_integration'))) {
      expect(integration).toMatchObject({ integration_type: 'AWS_PROXY', payload_format_version: '2.0' });
    }
  });
});
