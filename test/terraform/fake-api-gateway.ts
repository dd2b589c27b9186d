import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Record<string, unknown>;

/**
 * The management API of HTTP APIs as far as Terraform needs it for an API, its routes and its stage, with the rule that matters
 * here: a stage is refused while its settings name a route that is not there, and a route that is deleted leaves its settings.
 * Reported by https://github.com/DianaIonita/serverless-api-gateway-throttling/issues/33
 */
export async function startFakeApiGateway() {
  const routes = new Map<string, Json>();
  let api: Json | undefined;
  let stage: (Json & { routeSettings: Record<string, Json> }) | undefined;
  const calls: string[] = [];
  let made = 0;

  const routeKeys = (): unknown[] => [...routes.values()].map(({ routeKey }) => routeKey);

  function putStage(change: Json): Json | undefined {
    const routeSettings = { ...stage?.routeSettings, ...(change.routeSettings as Record<string, Json> | undefined) };
    const missing = Object.keys(routeSettings).find((key) => !routeKeys().includes(key));
    if (missing !== undefined)
      throw new NotFound(`Unable to find Route by key ${missing} within the provided RouteSettings`);
    stage = { ...stage, ...change, routeSettings };
    return stage;
  }

  const operations: readonly [pattern: RegExp, name: string, run: (body: Json, ids: string[]) => Json | undefined][] = [
    [
      /^POST \/v2\/apis$/,
      'CreateApi',
      (body) => {
        api = { ...body, apiId: 'api1', apiEndpoint: 'https://api1' };
        return api;
      },
    ],
    [/^GET \/v2\/apis\/[^/]+$/, 'GetApi', () => found(api)],
    [
      /^POST \/v2\/apis\/[^/]+\/routes$/,
      'CreateRoute',
      (body) => {
        made += 1;
        const routeId = `route${made}`;
        routes.set(routeId, { ...body, routeId });
        return routes.get(routeId);
      },
    ],
    [/^GET \/v2\/apis\/[^/]+\/routes\/([^/]+)$/, 'GetRoute', (_, [id = '']) => found(routes.get(id))],
    [
      /^DELETE \/v2\/apis\/[^/]+\/routes\/([^/]+)$/,
      'DeleteRoute',
      (_, [id = '']) => {
        if (!routes.delete(id)) throw new NotFound(id);
        return undefined;
      },
    ],
    [/^POST \/v2\/apis\/[^/]+\/stages$/, 'CreateStage', putStage],
    [/^PATCH \/v2\/apis\/[^/]+\/stages\/[^/]+$/, 'UpdateStage', putStage],
    [/^GET \/v2\/apis\/[^/]+\/stages\/[^/]+$/, 'GetStage', () => found(stage)],
    [
      /^DELETE \/v2\/apis\/[^/]+\/stages\/[^/]+\/routesettings\/(.+)$/,
      'DeleteRouteSettings',
      (_, [key = '']) => {
        if (stage?.routeSettings[key] === undefined) throw new NotFound(key);
        delete stage.routeSettings[key];
        return undefined;
      },
    ],
  ];

  async function answer(incoming: IncomingMessage): Promise<{ status: number; body: Json | undefined; type?: string }> {
    const request = `${incoming.method} ${decodeURIComponent(String(incoming.url))}`;
    const operation = operations.find(([pattern]) => pattern.test(request));
    if (operation === undefined) return { status: 501, body: { message: request } };
    const [pattern, name, run] = operation;
    const [, ...ids] = pattern.exec(request) ?? [];
    let text = '';
    for await (const chunk of incoming) text += String(chunk);
    const body = text === '' ? {} : (JSON.parse(text) as Json);
    calls.push([name, body.routeKey ?? ids[0]].filter(Boolean).join(' '));
    try {
      return { status: 200, body: run(body, ids) };
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      return { status: 404, body: { message: error.message }, type: 'NotFoundException' };
    }
  }

  const server = createServer((incoming, response) => {
    answer(incoming).then(
      ({ status, body, type }) => {
        response.writeHead(body === undefined ? 204 : status, {
          'content-type': 'application/json',
          ...(type ? { 'x-amzn-errortype': type } : {}),
        });
        response.end(body === undefined ? '' : JSON.stringify(body));
      },
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** `CreateRoute GET /health`, in order. */
    calls,
    routeKeys,
    settings: () => Object.keys(stage?.routeSettings ?? {}),
    close: () => server.close(),
  };
}

class NotFound extends Error {}

function found(what: Json | undefined): Json {
  if (what === undefined) throw new NotFound('nothing is there');
  return what;
}
