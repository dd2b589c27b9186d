import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { type Json, synthesize } from '#test/infra/support/synthesized.ts';
import { startFakeApiGateway } from './fake-api-gateway.ts';
import { terraformEnvironment, terraformIn } from './terraform.ts';

const folder = mkdtempSync(join(tmpdir(), 'booking-routes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const environment = terraformEnvironment(folder);
const reason = typeof environment === 'string' ? environment : undefined;

/** The stack's settings for the gateway's routes, without the resources that they refer to. */
function gatewayOf(stack: Json, endpoint: string): Json {
  const { aws_apigatewayv2_api: apis, aws_apigatewayv2_route: routes, aws_apigatewayv2_stage: stages } = stack.resource;
  const only = (resources: Record<string, Json>, ...names: string[]) =>
    Object.fromEntries(
      Object.entries(resources).map(([id, resource]) => [
        id,
        Object.fromEntries(names.filter((name) => name in resource).map((name) => [name, resource[name]])),
      ]),
    );
  return {
    terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: '~> 5.100' } } },
    provider: {
      aws: {
        ...{ region: 'us-east-1', access_key: 'test', secret_key: 'test' },
        ...{ skip_credentials_validation: true, skip_requesting_account_id: true, skip_metadata_api_check: true },
        endpoints: [{ apigatewayv2: endpoint }],
      },
    },
    resource: {
      aws_apigatewayv2_api: only(apis, 'name', 'protocol_type'),
      aws_apigatewayv2_route: only(routes, 'api_id', 'route_key'),
      aws_apigatewayv2_stage: only(
        ...([
          stages,
          'api_id',
          'name',
          'auto_deploy',
          'default_route_settings',
          'route_settings',
          'depends_on',
        ] as const),
      ),
    },
  };
}

/** The same without one route and its throttle, as the next release would synthesize it. */
function without(config: Json, routeKey: string): Json {
  const next = structuredClone(config);
  const { aws_apigatewayv2_route: routes, aws_apigatewayv2_stage: stages } = next.resource;
  const [id = ''] = Object.entries<Json>(routes).find(([, { route_key }]) => route_key === routeKey) ?? [];
  const [stage] = Object.values<Json>(stages);
  delete routes[id];
  stage.route_settings = stage.route_settings.filter((each: Json) => each.route_key !== routeKey);
  stage.depends_on = stage.depends_on.filter((each: string) => each !== `aws_apigatewayv2_route.${id}`);
  return next;
}

describe('a route with a throttle of its own', () => {
  (reason === undefined ? it : it.skip)(
    `given one that a release drops, when planned and applied, then it goes with its throttle and the others stay${reason ? ` (skipped: ${reason})` : ''}`,
    async () => {
      const gateway = await startFakeApiGateway();
      const terraform = terraformIn(folder, environment as NodeJS.ProcessEnv);
      const write = (config: Json): void => writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(config));
      const dropped = 'POST /payments/charges';
      const config = gatewayOf(synthesize({ STAGE: 'dev' }).json, gateway.endpoint);
      try {
        write(config);
        await terraform('init', '-input=false');
        await terraform('apply', '-auto-approve', '-input=false');
        expect(gateway.settings()).toEqual(expect.arrayContaining([dropped, '$default', 'ANY /health']));
        // The stage is refused settings of a route that is yet to come.
        const lastRoute = gateway.calls.findLastIndex((call) => gateway.settings().some((key) => call.endsWith(key)));
        expect(gateway.calls.indexOf('CreateStage')).toBeGreaterThan(lastRoute);

        write(without(config, dropped));
        const messages = await terraform('apply', '-auto-approve', '-input=false', '-json');
        const planned = messages
          .split('\n')
          .filter((line) => line.includes('"planned_change"'))
          .map((line) => JSON.parse(line).change);
        expect(planned.map(({ resource, action }: Json) => [resource.resource_type, action]).sort()).toEqual([
          ['aws_apigatewayv2_route', 'delete'],
          ['aws_apigatewayv2_stage', 'update'],
        ]);
        expect(gateway.calls).toContain(`DeleteRouteSettings ${dropped}`);
        expect(gateway.settings()).not.toContain(dropped);
        expect(gateway.routeKeys()).not.toContain(dropped);
        expect(gateway.settings()).toContain('$default');
      } finally {
        gateway.close();
      }
    },
    // Each command starts a provider of 600 MB.
    600_000,
  );
});
