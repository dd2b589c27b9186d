/** An HTTP API on a free port over a fake function, and what the function was given. */

import {
  createHttpApi,
  type HttpApi,
  type HttpApiResources,
  type InvokePort,
  type Issuers,
} from '#embedded/http-api/index.ts';
import { createLogs, type Logs } from '#embedded/logs/index.ts';
import type { Happening } from '#embedded/observer.ts';
import type { StackResource } from '#embedded/types.ts';

export const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:web';
export const LOG_GROUP = '/aws/vendedlogs/http-api/test';

export interface ApiOptions {
  readonly routeKeys?: readonly string[];
  readonly api?: Record<string, unknown>;
  readonly stage?: Record<string, unknown>;
  readonly route?: Record<string, unknown>;
  readonly integration?: Record<string, unknown>;
  readonly authorizers?: readonly StackResource[];
  readonly issuers?: Issuers;
  readonly invoke?: InvokePort;
  readonly port?: number;
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into every corner of the event.
export type Event = any;

export interface ApiFixture {
  readonly url: string;
  readonly port: number;
  readonly events: Event[];
  readonly sourceArns: string[];
  readonly logs: Logs;
  readonly happenings: readonly Happening[];
  swap(routeKeys: readonly string[]): void;
  mount: HttpApi['mount'];
  /** Fetches, with the path below the API's URL. */
  get(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

export function resource(type: string, name: string, attributes: Record<string, unknown>): StackResource {
  return { type, name, attributes: { id: name, ...attributes } };
}

/** Without `invoke` the function answers with its event's route key. */
export async function anApi(options: ApiOptions = {}): Promise<ApiFixture> {
  const events: Event[] = [];
  const sourceArns: string[] = [];
  const logs = createLogs();
  const invoke: InvokePort = async (arn, event, sourceArn, signal) => {
    events.push(event);
    sourceArns.push(sourceArn);
    return options.invoke?.(arn, event, sourceArn, signal) ?? { payload: (event as Event).routeKey };
  };
  const integration = {
    integration_type: 'AWS_PROXY',
    integration_uri: FUNCTION_ARN,
    payload_format_version: '2.0',
    ...options.integration,
  };
  const resourcesOf = (routeKeys: readonly string[] = ['$default']): HttpApiResources => ({
    api: resource('aws_apigatewayv2_api', 'api1', { protocol_type: 'HTTP', ...options.api }),
    stage: resource('aws_apigatewayv2_stage', 'stage', { name: '$default', auto_deploy: true, ...options.stage }),
    routes: routeKeys.map((routeKey, at) =>
      resource('aws_apigatewayv2_route', `route${at}`, {
        route_key: routeKey,
        target: 'integrations/integration',
        ...options.route,
      }),
    ),
    integrations: [resource('aws_apigatewayv2_integration', 'integration', integration)],
    authorizers: options.authorizers ?? [],
  });
  const happenings: Happening[] = [];
  const server = await createHttpApi({
    ...resourcesOf(options.routeKeys),
    ...(options.issuers && { issuers: options.issuers }),
    port: options.port ?? 0,
    environment: { region: 'us-east-1', accountId: '000000000000' },
    invoke,
    logs,
    observe: (happening) => void happenings.push(happening),
  });
  return {
    url: server.url,
    port: server.port,
    events,
    sourceArns,
    logs,
    happenings,
    mount: server.mount,
    swap: (routeKeys) => server.swap(resourcesOf(routeKeys)),
    get: (path, init) => fetch(server.url + path, init),
    close: () => server.close(),
  };
}

/** Runs `use` with an API of its own. */
export async function withApi<T>(options: ApiOptions, use: (api: ApiFixture) => Promise<T>): Promise<T> {
  const api = await anApi(options);
  try {
    return await use(api);
  } finally {
    await api.close();
  }
}
