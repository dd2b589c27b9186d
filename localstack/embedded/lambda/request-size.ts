import { AwsError } from '../types.ts';
import { isOver } from './outcome.ts';

/** The payload as JSON text. @throws AwsError `RequestTooLargeException` above `limit` bytes */
export function textWithin(payload: unknown, limit: number): string {
  const text = JSON.stringify(payload) ?? '{}';
  if (!isOver(text, limit)) return text;
  const message = `Request must be smaller than ${limit} bytes for the InvokeFunction operation, but is ${Buffer.byteLength(text)}`;
  throw new AwsError('RequestTooLargeException', message, 413, { Type: 'User' });
}
