/**
 * The SDK's requests to the local cloud, over the port of the isolate: no socket, no HTTP. Of `http.request` it serves what AWS's SDK uses;
 * any other request takes a socket.
 */

import { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { Readable, Writable } from 'node:stream';
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

class PortRequest extends Writable {
  readonly #options: RequestOptions & { headers: Record<string, string> };
  readonly #send: SendCall;
  /** Of the code that made the request, into which the answer goes. */
  readonly #inContext = AsyncLocalStorage.snapshot();
  #body: string | Buffer | undefined;
  #forget: (() => void) | undefined;
  #socket: PortSocket | undefined;

  constructor(options: RequestOptions & { headers: Record<string, string> }, answered: Answered, send: SendCall) {
    super({ decodeStrings: false, autoDestroy: false });
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

  override _write(chunk: string | Buffer, _encoding: unknown, done: () => void): void {
    if (this.#body === undefined) this.#body = chunk;
    else this.#body = Buffer.concat([this.#body, chunk].map((part) => Buffer.from(part as string)));
    done();
  }

  override _final(done: () => void): void {
    const { method = 'GET', path } = this.#options;
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(this.#options.headers)) headers[name.toLowerCase()] = String(value);
    const call = { method, path: path ?? '/', headers, body: this.#body ?? '' };
    this.#forget = this.#send(call, (reply) => this.#inContext(() => this.#answer(reply)));
    done();
  }

  #answer({ status, headers, body }: CallReply): void {
    this.#forget = undefined;
    this.#socket?.setTimeout(0);
    const response = Object.assign(new Readable({ read() {} }), {
      statusCode: status,
      statusMessage: http.STATUS_CODES[status],
      headers,
      complete: true,
    });
    this.emit('response', response);
    if (body.length > 0) response.push(typeof body === 'string' ? Buffer.from(body) : body);
    response.push(null);
    this.destroy();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#forget?.();
    this.#socket?.setTimeout(0);
    done(error);
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
