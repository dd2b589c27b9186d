/**
 * The SDK's requests to the local cloud, over the port of the isolate: no socket, no HTTP. Of `http.request` it serves what AWS's SDK uses;
 * any other request takes a socket.
 */

import { AsyncResource } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { Readable } from 'node:stream';
import type { AwsCall, CallReply } from '../protocol.ts';

/** Sends a call; `answered` is called at most once. @returns what forgets the call */
export type SendCall = (call: AwsCall, answered: (reply: CallReply) => void) => () => void;

type Answered = (response: IncomingMessage) => void;

/** @param endpoint `host:port` of the local cloud as the running environment knows it */
export function requestsOverPort(endpoint: () => string | undefined, send: SendCall): void {
  const original = http.request as (...parts: unknown[]) => http.ClientRequest;
  http.request = ((...parts: [RequestOptions, Answered]) => {
    const [options, answered] = parts;
    const toCloud = isSigned(options) && `${options.host}:${options.port}` === endpoint();
    return toCloud ? new PortRequest(options, answered, send) : original(...parts);
  }) as typeof http.request;
  syncBuiltinESMExports();
}

/** As the SDK calls: an object of options, with a signature. */
function isSigned(options: unknown): options is RequestOptions & { headers: Record<string, string> } {
  const { headers } = (options ?? {}) as { headers?: Record<string, unknown> };
  return typeof headers?.authorization === 'string' && headers.authorization.startsWith('AWS4-');
}

/** No stream, which would cost as much as signing the request does; one may be piped into it. */
class PortRequest extends EventEmitter {
  destroyed = false;
  readonly #options: RequestOptions & { headers: Record<string, string> };
  readonly #send: SendCall;
  /** Of the code that made the request, into which the answer goes. */
  readonly #context = new AsyncResource('PortRequest');
  readonly #body: (string | Uint8Array)[] = [];
  #forget: (() => void) | undefined;
  #socket: PortSocket | undefined;

  constructor(options: RequestOptions & { headers: Record<string, string> }, answered: Answered, send: SendCall) {
    super();
    this.#options = options;
    this.#send = send;
    this.once('response', answered);
  }

  get socket(): PortSocket {
    this.#socket ??= new PortSocket(() => this.destroy());
    return this.#socket;
  }

  setTimeout(milliseconds: number, listener?: () => void): this {
    this.socket.setTimeout(milliseconds, () => this.emit('timeout'));
    if (listener !== undefined) this.once('timeout', listener);
    return this;
  }

  write(chunk: string | Uint8Array): boolean {
    this.#body.push(chunk);
    return true;
  }

  end(chunk?: string | Uint8Array): this {
    if (chunk !== undefined) this.write(chunk);
    if (this.destroyed) return this;
    const { method = 'GET', path } = this.#options;
    const headers: Record<string, string> = {};
    for (const name in this.#options.headers) headers[name.toLowerCase()] = String(this.#options.headers[name]);
    const [only = ''] = this.#body;
    const body = this.#body.length > 1 ? Buffer.concat(this.#body.map((part) => Buffer.from(part as string))) : only;
    const call = { method, path: path ?? '/', headers, body };
    this.#forget = this.#send(call, (reply) => this.#context.runInAsyncScope(this.#answer, this, reply));
    return this;
  }

  destroy(error?: Error): this {
    if (this.destroyed) return this;
    this.destroyed = true;
    this.#forget?.();
    this.#socket?.setTimeout(0);
    process.nextTick(() => {
      if (error !== undefined) this.emit('error', error);
      this.emit('close');
    });
    return this;
  }

  #answer({ status, headers, body }: CallReply): void {
    this.#forget = undefined;
    this.emit('response', new PortResponse(status, headers, typeof body === 'string' ? Buffer.from(body) : body));
    this.destroy();
  }
}

/** Whole when it comes. */
class PortResponse extends Readable {
  readonly complete = true;
  readonly statusMessage: string | undefined;
  readonly statusCode: number;
  readonly headers: CallReply['headers'];
  #body: Uint8Array | undefined;

  constructor(statusCode: number, headers: CallReply['headers'], body: Uint8Array) {
    super({ autoDestroy: false });
    this.statusCode = statusCode;
    this.statusMessage = http.STATUS_CODES[statusCode];
    this.headers = headers;
    this.#body = body;
  }

  override _read(): void {
    if (this.#body !== undefined && this.#body.length > 0) this.push(this.#body);
    this.#body = undefined;
    this.push(null);
  }

  /** The SDK reads so. What is whole goes at once, without the turns of a stream that flows. */
  override pipe<To extends NodeJS.WritableStream>(to: To, options?: { readonly end?: boolean }): To {
    const isShared = this.readableDidRead || this.listenerCount('data') > 0;
    if (this.#body === undefined || options !== undefined || isShared) return super.pipe(to, options);
    to.end(this.#body);
    this.#body = undefined;
    this.push(null);
    this.resume();
    return to;
  }
}

/** As far as time limits look at it. */
class PortSocket extends EventEmitter {
  readonly connecting = false;
  readonly destroy: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(destroy: () => void) {
    super();
    this.destroy = destroy;
  }

  setKeepAlive(): void {}

  setTimeout(milliseconds: number, listener?: () => void): void {
    clearTimeout(this.#timer);
    if (listener !== undefined) this.once('timeout', listener);
    if (milliseconds > 0) this.#timer = setTimeout(() => this.emit('timeout'), milliseconds);
  }
}
