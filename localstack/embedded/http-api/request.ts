/** A request as the gateway's parts see it. */

import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** AWS's limit for a payload. */
export const BODY_LIMIT_BYTES = 10 * 1024 * 1024;

/** AWS's limit for request line and header values: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
export const HEAD_LIMIT_BYTES = 10_240;

/** Headers of one connection, which no gateway hands on: https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
export const HOP_BY_HOP: ReadonlySet<string> = new Set(
  'connection keep-alive te trailer transfer-encoding upgrade'.split(' '),
);

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
  /** Of request line and header values. */
  readonly headBytes: number;
  readonly sourceIp: string;
  /** Lower-case names; repeated headers joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
}

/** @returns undefined for a path that cannot be decoded */
export function readHead(message: IncomingMessage): GatewayRequest | undefined {
  const url = message.url ?? '/';
  const mark = url.indexOf('?');
  const protocol = `HTTP/${message.httpVersion}`;
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
    protocol,
    headBytes: `${message.method} ${url} ${protocol}`.length + sizeOfValues(message.rawHeaders),
    sourceIp: (message.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    headers: joinHeaders(message.rawHeaders),
  };
}

/** Node reads heads as Latin-1, of a byte each. */
function sizeOfValues(raw: readonly string[]): number {
  let size = 0;
  for (let position = 1; position < raw.length; position += 2) size += (raw[position] as string).length;
  return size;
}

function joinHeaders(raw: readonly string[]): Record<string, string> {
  const headers = new Map<string, string>();
  for (let position = 0; position < raw.length; position += 2) {
    const name = (raw[position] as string).toLowerCase();
    const value = raw[position + 1] as string;
    const earlier = headers.get(name);
    const separator = name === 'cookie' ? '; ' : ',';
    headers.set(name, earlier === undefined ? value : `${earlier}${separator}${value}`);
  }
  // Not by assignment: `__proto__` is a name as any other.
  return Object.fromEntries(headers);
}
