import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Cursor } from './page.ts';

/** The token is none of ours, was changed, or belongs to another query or caller. */
export class InvalidPageTokenError extends Error {
  override readonly name = 'InvalidPageTokenError';
  readonly field = 'nextToken';

  constructor() {
    super('"nextToken" is not one that this query answered: repeat the query without it');
  }
}

/** Turns cursors into tokens that clients can neither read nor make, for the one query that they belong to. */
export interface PageTokens {
  /** @param query everything that the page depends on: the caller, the operation, its arguments but the limit */
  seal(query: unknown, cursor: Cursor): Promise<string>;
  /** @throws InvalidPageTokenError */
  open(query: unknown, token: string): Promise<Cursor>;
}

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Sealed with AES-GCM, and the query as its additional data: no token opens for another one.
 * @param secret 32 bytes, the same in every function that reads the tokens
 */
export function pageTokens(secret: () => Promise<Buffer>): PageTokens {
  const additionalData = (query: unknown): Buffer => Buffer.from(JSON.stringify(query));
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
      const opening = createDecipheriv(cipher, await secret(), bytes.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      })
        .setAAD(additionalData(query))
        .setAuthTag(bytes.subarray(-tagBytes));
      try {
        const text = Buffer.concat([opening.update(bytes.subarray(nonceBytes, -tagBytes)), opening.final()]);
        return JSON.parse(text.toString()) as Cursor;
      } catch {
        throw new InvalidPageTokenError();
      }
    },
  };
}
