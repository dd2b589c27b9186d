import { gunzipSync } from 'node:zlib';
import { AwsError } from '../types.ts';

/** Above DynamoDB's largest request (16 MB) and Lambda's (6 MB). */
export const BODY_LIMIT_BYTES = 20 * 1024 * 1024;

/** SDKs compress large bodies for some operations. @throws AwsError for a body over the limit, of which there is none either */
export function decompress(body: Buffer | undefined, encoding: string | undefined): Buffer {
  if (body === undefined) throw tooLarge();
  if (encoding !== 'gzip' || body.length === 0) return body;
  try {
    return gunzipSync(body, { maxOutputLength: BODY_LIMIT_BYTES });
  } catch (error) {
    const tooLong = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw tooLong ? tooLarge() : new AwsError('SerializationException', 'The body is not valid gzip');
  }
}

function tooLarge(): AwsError {
  return new AwsError('RequestEntityTooLargeException', `The request is larger than ${BODY_LIMIT_BYTES} bytes`, 413);
}
