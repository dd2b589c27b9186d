import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Fields, invalidRequest, StripeRefusal, stripeIntents, type TestIntent } from './stripe-intents.ts';

export const stripeSecretKey = 'sk_test_of_the_local_server';

export interface StripeRequest {
  readonly method: string;
  readonly path: string;
  readonly idempotencyKey: string | undefined;
  readonly fields: Fields;
}

/** A fault of one request: an answer of this status, or a connection that breaks before or after the work. */
export type StripeFault = number | 'lost request' | 'lost reply';

export interface StripeServer {
  readonly url: string;
  readonly intents: ReadonlyMap<string, TestIntent>;
  /** All requests that came, those that were refused too. */
  readonly requests: readonly StripeRequest[];
  /** For the next requests whose `METHOD path` matches. */
  fail(pattern: RegExp, ...faults: StripeFault[]): void;
  /** Forgets the faults that have not happened yet. */
  heal(): void;
  /** Called before each request is worked off. */
  onRequest(hook: ((request: StripeRequest) => Promise<void>) | undefined): void;
  /** As Stripe does after a day. */
  forgetIdempotencyKeys(): void;
  close(): Promise<void>;
}

interface Reply {
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

type Operation = (id: string, fields: Fields) => object;

/** Names that each operation takes; any other is `parameter_unknown`, as at Stripe. */
const parameters = {
  create:
    /^(amount|currency|capture_method|confirm|error_on_requires_action|automatic_payment_methods\[(enabled|allow_redirects)\]|payment_method_data\[(type|card\]\[token)\]|metadata\[\w+\]|description|receipt_email)$/,
  retrieve: /^expand\[\d\]$/,
  capture: /^(amount_to_capture|metadata\[\w+\])$/,
  cancel: /^$/,
  refund: /^payment_intent$/,
};

/** Stripe's API as far as the gateway uses it, strict about what Stripe is strict about. */
export async function startStripeServer(): Promise<StripeServer> {
  const intents = stripeIntents();
  const requests: StripeRequest[] = [];
  const answered = new Map<string, { readonly fingerprint: string; readonly reply: Promise<Reply> }>();
  const faults: { readonly pattern: RegExp; readonly fault: StripeFault }[] = [];
  let hook: ((request: StripeRequest) => Promise<void>) | undefined;

  const operations: readonly [method: string, path: RegExp, known: RegExp, run: Operation][] = [
    ['POST', /^\/v1\/payment_intents$/, parameters.create, (_, fields) => intents.create(fields)],
    ['GET', /^\/v1\/payment_intents\/(\w+)$/, parameters.retrieve, (id, fields) => intents.retrieve(id, fields)],
    [
      'POST',
      /^\/v1\/payment_intents\/(\w+)\/capture$/,
      parameters.capture,
      (id, fields) => intents.capture(id, fields),
    ],
    ['POST', /^\/v1\/payment_intents\/(\w+)\/cancel$/, parameters.cancel, (id) => intents.cancel(id)],
    ['POST', /^\/v1\/refunds$/, parameters.refund, (_, fields) => intents.refund(fields)],
  ];

  function perform({ method, path, fields }: StripeRequest): Reply {
    for (const [itsMethod, pattern, known, run] of operations) {
      const match = pattern.exec(path);
      if (method !== itsMethod || match === null) continue;
      const unknown = [...fields.keys()].find((name) => !known.test(name));
      if (unknown !== undefined) return refused(invalidRequest('parameter_unknown', unknown));
      try {
        return { status: 200, body: run(match[1] ?? '', fields) };
      } catch (error) {
        return refused(error);
      }
    }
    return refused(invalidRequest('url_invalid', undefined, 404));
  }

  /** https://docs.stripe.com/api/idempotent_requests: the first answer is kept, errors included. */
  async function answerOnce(request: StripeRequest): Promise<Reply> {
    const { idempotencyKey: key } = request;
    if (key === undefined) return perform(request);
    const fingerprint = JSON.stringify([request.method, request.path, [...request.fields]]);
    const known = answered.get(key);
    if (known === undefined) {
      const reply = perform(request);
      // A request with invalid parameters was never begun.
      if (reply.status !== 400 || 'payment_intent' in (reply.body as { error: object }).error) {
        answered.set(key, { fingerprint, reply: Promise.resolve(reply) });
      }
      return reply;
    }
    if (known.fingerprint !== fingerprint) {
      return refused(
        new StripeRefusal(400, 'idempotency_error', {
          message: 'Keys for idempotent requests can only be used with the same parameters',
        }),
      );
    }
    return { ...(await known.reply), headers: { 'idempotent-replayed': 'true' } };
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '', 'http://stripe');
    const text = await bodyOf(incoming);
    const request: StripeRequest = {
      method: incoming.method ?? '',
      path: url.pathname,
      idempotencyKey: incoming.headers['idempotency-key']?.toString(),
      fields: new Map(incoming.method === 'GET' ? url.searchParams : new URLSearchParams(text)),
    };
    requests.push(request);
    await hook?.(request);
    const position = faults.findIndex(({ pattern }) => pattern.test(`${request.method} ${request.path}`));
    const fault = position === -1 ? undefined : faults.splice(position, 1)[0]?.fault;
    if (fault === 'lost request') return void incoming.socket.destroy();
    if (typeof fault === 'number') return send(response, refused(new StripeRefusal(fault, 'api_error', {})));
    const reply = refusalOfHeaders(incoming, text) ?? (await answerOnce(request));
    if (fault === 'lost reply') return void incoming.socket.destroy();
    send(response, reply);
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) =>
      send(response, { status: 500, body: { error: { message: String(error) } } }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    intents: intents.all,
    requests,
    fail(pattern, ...all) {
      faults.push(...all.map((fault) => ({ pattern, fault })));
    },
    heal: () => void faults.splice(0),
    onRequest(next) {
      hook = next;
    },
    forgetIdempotencyKeys: () => answered.clear(),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The checks that Stripe makes before it reads the request. */
function refusalOfHeaders({ method, headers }: IncomingMessage, text: string): Reply | undefined {
  if (headers.authorization !== `Bearer ${stripeSecretKey}`) {
    return refused(new StripeRefusal(401, 'invalid_request_error', { message: 'Invalid API Key provided' }));
  }
  if (!/^\d{4}-\d{2}-\d{2}\.\w+$/.test(String(headers['stripe-version']))) {
    return refused(invalidRequest('invalid_api_version', 'Stripe-Version'));
  }
  if (method !== 'POST') return undefined;
  if (headers['content-type'] !== 'application/x-www-form-urlencoded') return refused(invalidRequest('content_type'));
  if (!headers['idempotency-key']) return refused(invalidRequest('idempotency_key_missing'));
  if (Buffer.byteLength(String(headers['idempotency-key'])) > 255)
    return refused(invalidRequest('idempotency_key_too_long'));
  return Number(headers['content-length']) === Buffer.byteLength(text) ? undefined : refused(invalidRequest('length'));
}

function refused(error: unknown): Reply {
  if (!(error instanceof StripeRefusal)) throw error;
  return { status: error.status, body: error.body };
}

function send(response: ServerResponse, { status, body, headers }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': `req_${status}`, ...headers });
  response.end(JSON.stringify(body));
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of incoming) text += String(chunk);
  return text;
}
