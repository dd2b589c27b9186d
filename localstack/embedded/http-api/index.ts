/** An API Gateway HTTP API over `node:http`. It knows Lambda only through `invoke`, so it can stand in front of any. */

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { send } from '../http.ts';
import { type Listening, listen } from '../listen.ts';
import type { Logs } from '../logs/index.ts';
import type { Observe } from '../observer.ts';
import { addressOf, refuseAttributes } from '../resource.ts';
import type { Environment, StackResource } from '../types.ts';
import { createAccessLog } from './access-log.ts';
import { accessLogVariable } from './access-log-variables.ts';
import { createCors } from './cors.ts';
import { createGateway, type InvokePort, type Trail } from './gateway.ts';
import type { Issuers } from './jwt-authorizer.ts';
import { message } from './reply.ts';
import { readHead } from './request.ts';
import { resolveRoutes } from './resolve-routes.ts';
import { createThrottle } from './throttle.ts';

export type { InvokePort } from './gateway.ts';
export type { Issuers } from './jwt-authorizer.ts';

export interface HttpApiResources {
  readonly api: StackResource;
  readonly stage: StackResource;
  readonly routes: readonly StackResource[];
  readonly integrations: readonly StackResource[];
  readonly authorizers?: readonly StackResource[];
}

export interface HttpApiOptions extends HttpApiResources {
  /** 0: any free one. */
  readonly port: number;
  readonly host?: string | undefined;
  readonly environment: Environment;
  readonly invoke: InvokePort;
  /** Keys of issuers that need no fetching; the default fetches them all. */
  readonly issuers?: Issuers;
  readonly logs: Logs;
  /** Told of each answer. */
  readonly observe?: Observe;
}

export interface HttpApi extends Listening {
  /** Serves these routes from the next request on. @throws as creating does */
  swap(resources: HttpApiResources): void;
  /** Gives requests for this path, and for all below it, to the listener instead of to the routes. */
  mount(path: string, listener: RequestListener): void;
}

/** As long as AWS keeps an idle connection. */
const KEEP_ALIVE_MS = 75_000;
const CLOSE_GRACE_MS = 2_000;

/** @throws an error for a port in use, and for a route, integration or authorizer that is not served here */
export async function createHttpApi(options: HttpApiOptions): Promise<HttpApi> {
  const { environment, host } = options;
  let { port } = options;
  let api = serving(options);
  const mounted = new Map<string, RequestListener>();

  function serving(resources: HttpApiResources) {
    const { api, stage } = resources;
    checkApi(api);
    checkStage(stage, resources.routes);
    const apiId = String(api.attributes.id);
    const gateway = createGateway({
      routes: resolveRoutes({ ...resources, issuers: options.issuers }),
      cors: createCors(api),
      throttle: createThrottle(stage.attributes),
      invoke: options.invoke,
      apiId,
      accountId: environment.accountId,
      executionArn: `arn:aws:execute-api:${environment.region}:${environment.accountId}:${apiId}`,
      stage,
      port: () => port,
    });
    return {
      apiId,
      gateway,
      stage: String(stage.attributes.name),
      accessLog: createAccessLog(stage.attributes, options.logs),
    };
  }

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = readHead(incoming);
    if (request === undefined) {
      send(response, message(400, 'Bad Request'));
      return;
    }
    const { apiId, gateway, stage, accessLog } = api;
    const began = performance.now();
    const trail: Trail = {};
    const reply = await gateway(request, incoming, trail);
    response.setHeader('apigw-requestid', request.requestId);
    const responseLength = send(response, reply);
    const { status } = reply;
    const latencyMs = Math.round(performance.now() - began);
    const { method, path, requestId } = request;
    const { integrationRequestId: invocationId, integrationError: problem } = trail;
    options.observe?.({ type: 'requestAnswered', method, path, status, latencyMs, requestId, invocationId, problem });
    const { accountId } = environment;
    accessLog?.(accessLogVariable({ request, trail, status, responseLength, latencyMs, apiId, accountId, stage }));
  }

  function listenerOf(url: string): RequestListener | undefined {
    for (const [path, listener] of mounted) {
      if (url.startsWith(path) && /^$|^[/?]/.test(url.slice(path.length))) return listener;
    }
    return undefined;
  }

  const listening = await listen(
    (incoming, response) => {
      const listener = mounted.size === 0 ? undefined : listenerOf(incoming.url ?? '/');
      if (listener !== undefined) return void listener(incoming, response);
      serve(incoming, response).catch((error: unknown) => {
        process.stderr.write(`HTTP API: ${error instanceof Error ? error.stack : error}\n`);
        if (!response.headersSent) send(response, message(500, 'Internal Server Error'));
      });
    },
    { port, host, keepAliveTimeout: KEEP_ALIVE_MS, graceMs: CLOSE_GRACE_MS },
  );
  port = listening.port;
  return {
    ...listening,
    swap(resources) {
      api = serving(resources);
    },
    mount: (path, each) => void mounted.set(path, each),
  };
}

/** @throws Error for a stage that answers nothing on AWS, or that AWS refuses */
function checkStage(stage: StackResource, routes: readonly StackResource[]): void {
  const { auto_deploy: deploys, route_settings: settings } = stage.attributes;
  // AWS answers 404 for all of a stage that nothing is deployed to.
  if (deploys !== true && deploys !== 'true') {
    throw new Error(`${addressOf(stage)}.auto_deploy: only true is served here, deployments of their own are not`);
  }
  const keys = routes.map(({ attributes }) => String(attributes.route_key));
  for (const { route_key: key } of settings ?? []) {
    if (keys.includes(key)) continue;
    // `NotFoundException: Unable to find Route by key …`: https://github.com/terraform-aws-modules/terraform-aws-apigateway-v2/pull/80
    const known = keys.map((each) => `"${each}"`).join(', ');
    throw new Error(`${addressOf(stage)}.route_settings: there is no route "${key}", only ${known}`);
  }
}

/** @throws Error for an API whose routes would not be those that the stack names */
function checkApi(api: StackResource): void {
  const { protocol_type: protocol } = api.attributes;
  if (protocol !== 'HTTP')
    throw new Error(`${addressOf(api)}.protocol_type: only HTTP is served here, not ${protocol}`);
  const advice = 'write an aws_apigatewayv2_route and an aws_apigatewayv2_integration';
  refuseAttributes(api, { target: advice, route_key: advice, credentials_arn: advice, body: advice });
}
