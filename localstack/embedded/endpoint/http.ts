import type { IncomingHttpHeaders } from 'node:http';

/** A request as the codecs see it: read to its end, nothing decoded. */
export interface Request {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export type Json = Record<string, unknown>;

/** JSON as AWS writes it: times are seconds since 1970, bytes are base64. */
export function awsJson(value: unknown): string {
  return JSON.stringify(value, replaceByAwsForm);
}

// `this[key]` and not the value: dates and buffers have turned themselves into something else before a replacer sees them.
function replaceByAwsForm(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const original = this[key];
  if (original instanceof Date) return original.getTime() / 1000;
  if (original instanceof Uint8Array) return Buffer.from(original).toString('base64');
  return value;
}
