/** From what a function returns to an HTTP answer: format 2.0's rules, and the gateway's own answers. */

import type { Reply } from '../http.ts';
import { isObject } from '../values.ts';
import { HOP_BY_HOP } from './request.ts';

/** The gateway writes these headers itself, also where a function returns them: they describe the gateway's own message. */
const OF_GATEWAY: ReadonlySet<string> = new Set([...HOP_BY_HOP, 'apigw-requestid', 'content-length', 'date']);

/** The gateway's own answer: `{"message": …}`. */
export function message(status: number, text: string, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ message: text }),
  };
}

/** @returns undefined for a value that is no valid answer, which the gateway turns into a 500 */
export function replyOf(payload: unknown): Reply | undefined {
  if (typeof payload !== 'object' || payload === null || !('statusCode' in payload)) return bareReply(payload);
  const { statusCode, headers = {}, cookies, body = '', isBase64Encoded } = payload as Record<string, unknown>;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 200 || status > 599) return undefined;
  if ((typeof body !== 'string' && body !== null) || !isObject(headers ?? {})) return undefined;

  const merged: Record<string, string | string[]> = { 'content-type': 'text/plain; charset=utf-8' };
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (typeof value === 'object' && value !== null) return undefined;
    if (!OF_GATEWAY.has(name.toLowerCase())) merged[name.toLowerCase()] = String(value);
  }
  if (cookies !== undefined && cookies !== null) {
    if (!Array.isArray(cookies)) return undefined;
    merged['set-cookie'] = [merged['set-cookie'] ?? [], cookies.map(String)].flat();
  }
  return { status, headers: merged, body: isBase64Encoded === true ? Buffer.from(body ?? '', 'base64') : (body ?? '') };
}

/** A result without `statusCode` is the body of a 200; a text as it is, anything else as JSON. */
function bareReply(payload: unknown): Reply {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return { status: 200, headers: { 'content-type': 'application/json' }, body };
}
