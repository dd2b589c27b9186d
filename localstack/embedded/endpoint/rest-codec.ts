import type { Reply } from '../http.ts';
import { createRoutes } from '../http-api/routes.ts';
import { AwsError } from '../types.ts';
import type { Codec } from './codec.ts';
import { awsJson, type Json, type Request } from './http.ts';

const INVOKE_HEADERS: Readonly<Record<string, string>> = {
  'x-amz-client-context': 'ClientContext',
  'x-amz-durable-execution-name': 'DurableExecutionName',
  'x-amz-invocation-type': 'InvocationType',
  'x-amz-log-type': 'LogType',
  'x-amz-tenant-id': 'TenantId',
};

/**
 * REST-JSON, which Lambda and API Gateway speak: operation in method and path, an invocation's payload as the whole body.
 * @param malformed code of the error for a request that cannot be read
 */
export function createRestCodec(
  operations: Readonly<Record<string, string>>,
  malformed = 'SerializationException',
): Codec {
  const find = createRoutes(Object.entries(operations).map(([routeKey, route]) => ({ routeKey, route })));
  const pathMembers = (parameters: Record<string, string> = {}): Json =>
    Object.fromEntries(Object.entries(parameters).map(([name, text]) => [name, decoded(text, malformed)]));
  return {
    decode(request) {
      const found = find(request.method, request.path.replace(/(?<=.)\/$/, ''));
      if (found !== undefined)
        return { operation: found.route, input: inputOf(request, found.route, pathMembers(found.pathParameters)) };
      const message = `${request.method} ${request.path} is not served by the local cloud, only ${Object.values(operations).join(', ')}.`;
      throw new AwsError('UnknownOperationException', message, 404);
    },
    success(output, { operation }, { requestId }) {
      return operation === 'Invoke' ? invocation(output, requestId) : reply(200, awsJson(output), requestId);
    },
    failure(error, { requestId }) {
      const Type = error.statusCode < 500 ? 'User' : 'Service';
      const answer = reply(statusOf(error), awsJson({ Type, message: error.message, ...error.details }), requestId);
      answer.headers['x-amzn-errortype'] = error.code;
      return answer;
    },
  };
}

function inputOf({ headers, query, body }: Request, operation: string, pathMembers: Json): Json {
  const fields = [...new URLSearchParams(query)];
  if (operation !== 'Invoke') return { ...Object.fromEntries(fields), ...pathMembers };
  // What else an invocation is given stands in headers and body, and a field of the query that is called so is not heeded.
  const input: Json = { ...Object.fromEntries(fields.filter(([name]) => name === 'Qualifier')), ...pathMembers };
  for (const [header, name] of Object.entries(INVOKE_HEADERS)) {
    if (headers[header] !== undefined) input[name] = headers[header];
  }
  if (body.length > 0) input.Payload = body;
  return input;
}

function decoded(text: string, malformed: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError(malformed, `The path has a part that is no text of a URL: ${text}`);
  }
}

/** The payload is any JSON value (or its bytes); a status other than 200 (an event taken, a dry run) has none. */
function invocation(output: Json, requestId: string): Reply {
  const status = Number(output.StatusCode ?? 200);
  const { Payload: payload } = output;
  const bytes = payload instanceof Uint8Array ? Buffer.from(payload) : (JSON.stringify(payload) ?? 'null');
  const answer = reply(status, status === 200 ? bytes : '', requestId);
  const extra = {
    'x-amz-executed-version': output.ExecutedVersion,
    'x-amz-function-error': output.FunctionError,
    'x-amz-log-result': output.LogResult,
  };
  for (const [name, value] of Object.entries(extra)) if (value !== undefined) answer.headers[name] = String(value);
  return answer;
}

const STATUS: Readonly<Record<string, number>> = {
  AccessDeniedException: 403,
  NotFoundException: 404,
  ResourceNotFoundException: 404,
  TooManyRequestsException: 429,
};

/** REST services answer with HTTP's own status where the error has one. */
function statusOf({ code, statusCode }: AwsError): number {
  return statusCode === 400 ? (STATUS[code] ?? 400) : statusCode;
}

function reply(status: number, body: string | Buffer, requestId: string): Reply {
  return { status, headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId }, body };
}
