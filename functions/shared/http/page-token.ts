import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
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

/** Turns cursors into tokens that clients can neither read nor make, for the one query that they belong to. */
export interface PageTokens {
  /** @param query everything that the page depends on: the caller, the operation, its arguments but the limit */
  seal(query: unknown, cursor: Cursor): Promise<string>;
  /** @throws InvalidPageTokenError */
  open(query: unknown, token: string): Promise<Cursor>;
}

/** 32 bytes, the same in every function that reads the tokens. `fresh`: as it was seconds ago at most. */
export type PageTokenSecret = (options?: { readonly fresh: boolean }) => Promise<Buffer>;

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** Sealed with AES-GCM, and the query as its additional data: no token opens for another one. */
export function pageTokens(secret: PageTokenSecret): PageTokens {
  return {
    async seal(query, cursor) {
      const nonce = randomBytes(nonceBytes);
      const sealing = createCipheriv(cipher, await secret(), nonce).setAAD(additionalData(query));
      const text = [sealing.update(JSON.stringify(cursor)), sealing.final()];
      return Buffer.concat([nonce, ...text, sealing.getAuthTag()]).toString('base64url');
    },

    async open(query, token) {
      const bytes = Buffer.from(token, 'base64url');
      // Decoding passes over what is not base64url, so that a changed token could still open.
      if (bytes.length <= nonceBytes + tagBytes || bytes.toString('base64url') !== token) {
        throw new InvalidPageTokenError();
      }
      // The secret may have been replaced since this function read it.
      const cursor = opened(await secret(), query, bytes) ?? opened(await secret({ fresh: true }), query, bytes);
      if (cursor === undefined) throw new InvalidPageTokenError();
      return cursor;
    },
  };
}

const additionalData = (query: unknown): Buffer => Buffer.from(JSON.stringify(query));

function opened(secret: Buffer, query: unknown, bytes: Buffer): Cursor | undefined {
  const nonce = bytes.subarray(0, nonceBytes);
  const opening = createDecipheriv(cipher, secret, nonce, { authTagLength: tagBytes })
    .setAAD(additionalData(query))
    .setAuthTag(bytes.subarray(-tagBytes));
  const text = opening.update(bytes.subarray(nonceBytes, -tagBytes));
  try {
    return JSON.parse(Buffer.concat([text, opening.final()]).toString()) as Cursor;
  } catch {
    return undefined;
  }
}
