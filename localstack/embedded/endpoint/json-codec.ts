import { crc32 } from 'node:zlib';
import type { Reply } from '../http.ts';
import { queryErrorCodes } from '../messaging/error-codes.ts';
import { AwsError } from '../types.ts';
import { isObject } from '../values.ts';
import type { Codec } from './codec.ts';
import { awsJson, type Json, type Request } from './http.ts';

/** Namespaces of `__type`; SDKs cut them off, but other clients compare the whole. */
const NAMESPACES: Readonly<Record<string, string>> = {
  dynamodb: 'com.amazonaws.dynamodb.v20120810#',
  sqs: 'com.amazonaws.sqs#',
};

/** These answer in plain JSON already, thousands of times a second: no walk over each value. */
const PLAIN = new Set(['dynamodb', 'sqs']);

/** AWS JSON 1.0 and 1.1: operation in `X-Amz-Target`, body in JSON both ways. */
export const jsonCodec: Codec = {
  decode({ headers, body }) {
    const target = String(headers['x-amz-target']);
    return { operation: target.slice(target.lastIndexOf('.') + 1), input: parseBody(body) };
  },
  success(output, _call, { request, service, requestId }) {
    return reply(200, PLAIN.has(service) ? JSON.stringify(output) : awsJson(output), request, service, requestId);
  },
  failure(error, { request, service, requestId }) {
    const type = `${NAMESPACES[service] ?? ''}${error.code}`;
    const body = awsJson({ __type: type, message: error.message, ...error.details });
    const answer = reply(error.statusCode, body, request, service, requestId);
    answer.headers['x-amzn-errortype'] = error.code;
    if (service === 'sqs') answer.headers['x-amzn-query-error'] = queryError(error);
    return answer;
  },
};

/** Keeps clients that once spoke SQS's query protocol on their old error names. */
function queryError({ code, statusCode }: AwsError): string {
  return `${queryErrorCodes[code] ?? code};${statusCode < 500 ? 'Sender' : 'Receiver'}`;
}

function reply(status: number, body: string, { headers }: Request, service: string, requestId: string): Reply {
  const fields: Record<string, string> = {
    'content-type': headers['content-type'] ?? 'application/x-amz-json-1.0',
    'x-amzn-requestid': requestId,
  };
  if (service === 'dynamodb') fields['x-amz-crc32'] = String(crc32(body));
  return { status, headers: fields, body };
}

function parseBody(body: Buffer): Json {
  if (body.length === 0) return {};
  let input: unknown;
  try {
    input = JSON.parse(body.toString());
  } catch (error) {
    throw new AwsError('SerializationException', `The request is not valid JSON: ${(error as Error).message}`);
  }
  if (isObject(input)) return input;
  throw new AwsError('SerializationException', 'The request must be a JSON object');
}
