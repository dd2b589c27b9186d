import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Reply, readBody, send } from '../http.ts';
import { type Listening, listen } from '../listen.ts';
import { AwsError, type AwsService, type Caller } from '../types.ts';
import { createAwsCalls } from './aws-calls.ts';
import { BODY_LIMIT_BYTES, decompress } from './decompress.ts';
import type { Request } from './http.ts';
import { answerLocally, json, LOCAL_PREFIX, type LocalRoutes, type ownPages } from './local-routes.ts';
import type { Wires } from './wire.ts';

export interface EndpointOptions {
  /** By signing name: dynamodb, states, sqs, … */
  readonly services: Readonly<Record<string, AwsService>>;
  readonly wires: Wires;
  readonly callerOf: (accessKeyId: string | undefined) => Caller;
  /** 0 takes any free port. */
  readonly port: number;
  readonly host?: string | undefined;
  /** JSON documents at paths of their own, those of an OpenID Connect issuer for instance. */
  readonly document?: (path: string) => object | undefined;
  /** Answers `/`, where no AWS service is meant. */
  readonly home?: (request: Request) => Reply | undefined;
  /** Pages below `/_local/`; `health` and `services` are there already. */
  readonly local?: LocalRoutes;
  /** Where faults of the cloud itself are told; standard error by default. */
  readonly logFault?: (text: string) => void;
}

export interface Endpoint extends Listening {
  /** Answers a request that came by another way than the port. Never rejects. */
  answer(request: Request): Promise<Reply>;
}

// Longer than any client keeps an idle connection, so that none is closed just as it is used again.
const KEEP_ALIVE_MS = 600_000;
/** How long calls under way (a long poll, say) may go on once the endpoint closes. */
const GRACE_MS = 1_000;

/**
 * The one AWS endpoint of the local cloud, for SDKs and the AWS CLI. Signatures are not verified; the access key tells the caller.
 * @throws Error that names a port in use
 * @example
 * const { url, close } = await createEndpoint({ services: { sqs, sns }, wires, callerOf: iam.callerOf, port: 4566 });
 */
export async function createEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const { port, host, local = {}, logFault = (text) => void process.stderr.write(text) } = options;
  const { services, wires, callerOf } = options;
  const health = () => ({ status: 'running', services: Object.keys(services).sort() });
  const operations = () =>
    Object.fromEntries(Object.entries(services).map(([name, service]) => [name, service.operations ?? []]));
  const own: Record<(typeof ownPages)[number], () => unknown> = { health, services: operations };
  const routes: LocalRoutes = { ...own, ...local };
  const answerAws = createAwsCalls({ services, wires, callerOf, logFault });

  async function answer(request: Request): Promise<Reply> {
    if (request.path.startsWith(LOCAL_PREFIX)) return answerLocally(request, routes);
    // Browsers ask for it beside every local page.
    if (request.method === 'GET' && request.path === '/favicon.ico') return { status: 204, headers: {}, body: '' };
    const home = options.home?.(request);
    if (home !== undefined) return home;
    const document = request.method === 'GET' ? options.document?.(request.path) : undefined;
    return document === undefined ? answerAws(request) : json(200, document);
  }

  async function answerSafely(request: Omit<Request, 'body'>, body: Buffer | undefined): Promise<Reply> {
    try {
      return await answer({ ...request, body: decompress(body, request.headers['content-encoding']) });
    } catch (error) {
      return plainError(error instanceof AwsError ? error : fault(request, error));
    }
  }

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    send(response, await answerSafely(requestOf(message), await readBody(message, BODY_LIMIT_BYTES)));
  }

  function fault({ method, path }: Pick<Request, 'method' | 'path'>, error: unknown): AwsError {
    logFault(`${method} ${path} failed inside the local cloud\n${(error as Error).stack}\n`);
    return new AwsError('InternalFailure', 'The local cloud failed; its log tells more', 500);
  }

  const listening = await listen((message, response) => void handle(message, response), {
    port,
    host,
    keepAliveTimeout: KEEP_ALIVE_MS,
    graceMs: GRACE_MS,
  });
  return {
    ...listening,
    answer: (request) => answerSafely(request, request.body),
  };
}

function requestOf(message: IncomingMessage): Omit<Request, 'body'> {
  const { method = 'GET', url = '/', headers } = message;
  const mark = url.indexOf('?');
  return {
    method,
    headers,
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
  };
}

function plainError({ code, message, statusCode }: AwsError): Reply {
  const headers = { 'content-type': 'application/json', 'x-amzn-errortype': code };
  return { status: statusCode, headers, body: JSON.stringify({ __type: code, message }) };
}
