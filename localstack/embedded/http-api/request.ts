/** A request as the gateway's parts see it. */

import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** AWS's limit for a payload. */
export const BODY_LIMIT_BYTES = 10 * 1024 * 1024;

export interface GatewayRequest {
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly method: string;
  /** Decoded, as HTTP APIs hand it on, with the stage's prefix. */
  readonly path: string;
  /** Still encoded, without the question mark. */
  readonly query: string;
  readonly protocol: string;
  readonly sourceIp: string;
  /** Lower-case names; repeated headers joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
}

/** @returns undefined for a path that cannot be decoded */
export function readHead(message: IncomingMessage): GatewayRequest | undefined {
  const url = message.url ?? '/';
  const mark = url.indexOf('?');
  const rawPath = mark < 0 ? url : url.slice(0, mark);
  let path: string;
  try {
    path = decodeURIComponent(rawPath);
  } catch {
    return undefined;
  }
  return {
    requestId: randomBytes(11).toString('base64'),
    receivedAt: Date.now(),
    method: message.method ?? 'GET',
    path,
    query: mark < 0 ? '' : url.slice(mark + 1),
    protocol: `HTTP/${message.httpVersion}`,
    sourceIp: (message.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    headers: joinHeaders(message.rawHeaders),
  };
}

function joinHeaders(raw: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let position = 0; position < raw.length; position += 2) {
    const name = (raw[position] as string).toLowerCase();
    const value = raw[position + 1] as string;
    const earlier = headers[name];
    const separator = name === 'cookie' ? '; ' : ',';
    headers[name] = earlier === undefined ? value : `${earlier}${separator}${value}`;
  }
  return headers;
}

/** @returns undefined for a body over the limit, of which no more is kept; node drains the rest after the answer */
export async function readBody(message: IncomingMessage): Promise<Buffer | undefined> {
  // Most requests have none, and then waiting for the end costs a turn of the event loop for nothing.
  const { 'content-length': length, 'transfer-encoding': encoding } = message.headers;
  if (encoding === undefined && (length === undefined || length === '0')) return Buffer.alloc(0);
  if (Number(length) > BODY_LIMIT_BYTES) return undefined;
  // Not `for await`: leaving that early would destroy the socket that the answer needs.
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    message.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= BODY_LIMIT_BYTES) chunks.push(chunk);
      else resolve(undefined);
    });
    message.once('end', () => resolve(Buffer.concat(chunks)));
    // The client is gone: whatever is answered goes nowhere.
    message.once('error', () => resolve(undefined));
  });
}
