/** An API Gateway HTTP API over `node:http`. It knows Lambda only through `invoke`, so it can stand in front of any. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logs } from '../logs/index.ts';
import type { Closable, Environment, StackResource } from '../types.ts';
import { createAccessLog } from './access-log.ts';
import { accessLogVariable } from './access-log-variables.ts';
import { createCors } from './cors.ts';
import { createGateway, type InvokePort, type Trail } from './gateway.ts';
import type { Issuers } from './jwt-authorizer.ts';
import { message, type Reply } from './reply.ts';
import { readHead } from './request.ts';
import { resolveRoutes } from './resolve-routes.ts';
import { createThrottle } from './throttle.ts';

export type { InvokePort } from './gateway.ts';
export type { Issuers } from './jwt-authorizer.ts';

export interface HttpApiOptions {
  readonly api: StackResource;
  readonly stage: StackResource;
  readonly routes: readonly StackResource[];
  readonly integrations: readonly StackResource[];
  readonly authorizers?: readonly StackResource[];
  /** 0: any free one. */
  readonly port: number;
  readonly host?: string | undefined;
  readonly environment: Environment;
  readonly invoke: InvokePort;
  /** Keys of issuers that need no fetching; the default fetches them all. */
  readonly issuers?: Issuers;
  readonly logs: Logs;
}

export interface HttpApi extends Closable {
  readonly url: string;
  readonly port: number;
}

/** As long as AWS keeps an idle connection. */
const KEEP_ALIVE_MS = 75_000;
const CLOSE_GRACE_MS = 2_000;

/** @throws an error for a port in use, and for a route, integration or authorizer that is not served here */
export async function createHttpApi(options: HttpApiOptions): Promise<HttpApi> {
  const { api, stage, environment, host = '127.0.0.1' } = options;
  const apiId = String(api.attributes.id);
  let port = options.port;
  const gateway = createGateway({
    routes: resolveRoutes(options),
    cors: createCors(api.attributes.cors_configuration),
    throttle: createThrottle(stage.attributes),
    invoke: options.invoke,
    apiId,
    accountId: environment.accountId,
    executionArn: `arn:aws:execute-api:${environment.region}:${environment.accountId}:${apiId}`,
    stage,
    port: () => port,
  });
  const accessLog = createAccessLog(stage.attributes, options.logs);

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = readHead(incoming);
    if (request === undefined) {
      send(response, message(400, 'Bad Request'));
      return;
    }
    const began = performance.now();
    const trail: Trail = {};
    const reply = await gateway(request, incoming, trail);
    response.setHeader('apigw-requestid', request.requestId);
    const responseLength = send(response, reply);
    accessLog?.(
      accessLogVariable({
        request,
        trail,
        status: reply.status,
        responseLength,
        latencyMs: Math.round(performance.now() - began),
        apiId,
        accountId: environment.accountId,
        stage: String(stage.attributes.name),
      }),
    );
  }

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch((error: unknown) => {
      process.stderr.write(`HTTP API: ${error instanceof Error ? error.stack : error}\n`);
      if (!response.headersSent) send(response, message(500, 'Internal Server Error'));
    });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, options.port)));
    server.listen(options.port, host, resolve);
  });
  port = (server.address() as AddressInfo).port;
  return {
    url: `http://${reachable(host)}:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        const timer = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

/** A name for clients on this machine: an address that stands for all interfaces is none. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

/** @returns the body's length in bytes */
function send(response: ServerResponse, { status, headers, body }: Reply): number {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (status !== 204 && status !== 304) response.setHeader('content-length', length);
  response.writeHead(status);
  response.end(body);
  return length;
}

function listenError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error;
  return new Error(
    `Port ${port}, meant for the HTTP API, is in use: stop what runs there, or choose another with PORT=${port + 1}`,
    {
      cause: error,
    },
  );
}
