import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { parseJson, UnreadableFieldError } from './json-document.ts';

export type BodyFault = 'media type' | 'size' | 'syntax' | 'field';

/** A body that cannot be read as JSON without losing something of it; the message says what to do. */
export class UnreadableBodyError extends Error {
  override readonly name = 'UnreadableBodyError';
  readonly fault: BodyFault;
  /** A header of the request, or a field of the body. */
  readonly field: string | undefined;

  constructor(fault: BodyFault, message: string, field?: string) {
    super(message);
    this.fault = fault;
    this.field = field;
  }
}

type WithBody = Pick<APIGatewayProxyEventV2, 'headers' | 'body' | 'isBase64Encoded'>;

/** The document in a client's body. @throws UnreadableBodyError */
export function jsonBodyOf({ headers, body = '', isBase64Encoded }: WithBody, maxBytes: number): unknown {
  checkMediaType(headers['content-type'] ?? '');
  if (!['', 'identity'].includes((headers['content-encoding'] ?? '').trim().toLowerCase())) {
    throw new UnreadableBodyError('media type', 'Send the body without "Content-Encoding"', 'Content-Encoding');
  }
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maxBytes) {
    throw new UnreadableBodyError('size', `The body must have at most ${maxBytes} bytes`);
  }
  return documentOf(bytes.toString('utf8'));
}

function checkMediaType(contentType: string): void {
  const [mediaType = '', ...parameters] = contentType.split(';').map((part) => part.trim().toLowerCase());
  // Each of them: a second one, or one with an asterisk as in RFC 8187, would else be ignored.
  const charsets = parameters.filter((parameter) => parameter.startsWith('charset'));
  const isUtf8 = charsets.every((parameter) => /^charset=("?)utf-?8\1$/.test(parameter));
  if (mediaType === 'application/json' && isUtf8) return;
  throw new UnreadableBodyError(
    'media type',
    'Send the body with "Content-Type: application/json", in UTF-8',
    'Content-Type',
  );
}

function documentOf(text: string): unknown {
  // Decoding, here or at the gateway, has put it in place of bytes that are lost.
  if (text.includes('\uFFFD')) {
    const message =
      'The body has bytes that are not UTF-8, or U+FFFD, which stands for such: encode it, or write \\ufffd';
    throw new UnreadableBodyError('syntax', message);
  }
  if (text.startsWith('\uFEFF')) {
    throw new UnreadableBodyError('syntax', 'The body begins with a byte order mark, which is no JSON: leave it out');
  }
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof UnreadableFieldError) throw new UnreadableBodyError('field', error.message, error.path);
    throw new UnreadableBodyError('syntax', 'The body is not JSON');
  }
}
