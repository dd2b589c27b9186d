/** What both servers of the cloud have in common. */
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Reply {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Record<string, string | string[]>;
  readonly body: string | Buffer;
}

/** @returns the body's length in bytes */
export function send(response: ServerResponse, { status, headers, body }: Reply): number {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (status !== 204 && status !== 304) response.setHeader('content-length', length);
  response.writeHead(status);
  response.end(body);
  return length;
}

/**
 * The whole body; undefined where it is over the limit, or the client went away. Known only once the client has sent all of it
 * (which is dropped): an answer in the middle would be lost with the connection.
 */
export function readBody(message: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  // Most requests have none, and then waiting for the end costs a turn of the event loop for nothing.
  const { 'content-length': length, 'transfer-encoding': encoding } = message.headers;
  if (encoding === undefined && (length === undefined || length === '0')) return Promise.resolve(Buffer.alloc(0));
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let size = 0;
    message.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks = [];
    });
    message.once('end', () => resolve(size > limit ? undefined : Buffer.concat(chunks)));
    for (const gone of ['error', 'aborted']) message.once(gone, () => resolve(undefined));
  });
}
