import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { AwsError } from '../types.ts';

/** Above DynamoDB's largest request (16 MB) and Lambda's (6 MB). */
export const BODY_LIMIT_BYTES = 20 * 1024 * 1024;

const EMPTY = Buffer.alloc(0);

/**
 * The whole body. Rejects with AwsError over the limit, but only once the client has sent all of it (which is dropped): an answer
 * in the middle would be lost with the connection.
 */
export function readBody(message: IncomingMessage, limit = BODY_LIMIT_BYTES): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let size = 0;
    message.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks = [];
    });
    message.on('end', () => {
      const [only = EMPTY] = chunks;
      if (size > limit) reject(tooLarge(limit));
      else resolve(chunks.length > 1 ? Buffer.concat(chunks, size) : only);
    });
    message.on('error', reject);
    message.on('aborted', () =>
      reject(new AwsError('RequestAborted', 'The client went away before its request ended')),
    );
  });
}

/** SDKs compress large bodies for some operations. */
export function decompress(body: Buffer, encoding: string | undefined, limit = BODY_LIMIT_BYTES): Buffer {
  if (encoding !== 'gzip' || body.length === 0) return body;
  try {
    return gunzipSync(body, { maxOutputLength: limit });
  } catch (error) {
    const tooLong = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw tooLong ? tooLarge(limit) : new AwsError('SerializationException', 'The body is not valid gzip');
  }
}

function tooLarge(limit: number): AwsError {
  return new AwsError('RequestEntityTooLargeException', `The request is larger than ${limit} bytes`, 413);
}
