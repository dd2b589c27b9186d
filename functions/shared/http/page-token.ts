import { createHash } from 'node:crypto';
import { ClientError } from './client-error.ts';
import type { Cursor } from './page.ts';

/** The token is none of ours, was changed, or belongs to another query or caller. */
export class InvalidPageTokenError extends ClientError {
  override readonly name = 'InvalidPageTokenError';
  override readonly status = 400;
  override readonly title = 'Invalid page token';

  constructor() {
    super('"nextToken" is not one that this query answered: repeat the query without it', 'nextToken');
  }
}

const digestBytes = 16;

/**
 * The cursor with a digest that binds it to its query: a changed token is refused, and so is one of another query.
 * The digest has no key, because a cursor gives no access: it holds keys that the caller may read, DynamoDB refuses a start
 * outside the query's own partition, and every item that is read is checked against the caller.
 * @param query everything that the page depends on: the caller, the operation, its arguments but the limit
 */
export function pageTokenOf(query: unknown, cursor: Cursor): string {
  const text = JSON.stringify(cursor);
  return Buffer.concat([digestOf(query, text), Buffer.from(text)]).toString('base64url');
}

/** @throws InvalidPageTokenError */
export function cursorOf(query: unknown, token: string): Cursor {
  const bytes = Buffer.from(token, 'base64url');
  const text = bytes.subarray(digestBytes).toString();
  // Decoding skips characters outside base64url, so a changed token could still have the right digest.
  const isWhole = bytes.toString('base64url') === token && bytes.subarray(0, digestBytes).equals(digestOf(query, text));
  const cursor = isWhole ? parsed(text) : undefined;
  if (!isCursor(cursor)) throw new InvalidPageTokenError();
  return cursor;
}

const digestOf = (query: unknown, cursor: string): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([query, cursor]))
    .digest()
    .subarray(0, digestBytes);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** All keys of the table and of its paged indexes are strings. */
function isCursor(value: unknown): value is Cursor {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((part) => typeof part === 'string');
}
