import { AwsError } from '../types.ts';
import type { Codec } from './codec.ts';
import { awsJson, type Json, type Reply, type Request } from './http.ts';

/** Lambda's REST routes that the local cloud serves; the first group is the name of the thing. */
const ROUTES: readonly (readonly [method: string, path: RegExp, operation: string, parameter?: string])[] = [
  ['POST', /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?$/, 'Invoke', 'FunctionName'],
  ['GET', /^\/2015-03-31\/functions\/?$/, 'ListFunctions'],
  ['GET', /^\/2015-03-31\/functions\/([^/]+)\/?$/, 'GetFunction', 'FunctionName'],
  ['GET', /^\/2015-03-31\/functions\/([^/]+)\/configuration\/?$/, 'GetFunctionConfiguration', 'FunctionName'],
  ['GET', /^\/2015-03-31\/functions\/([^/]+)\/versions\/?$/, 'ListVersionsByFunction', 'FunctionName'],
  ['GET', /^\/2015-03-31\/functions\/([^/]+)\/policy\/?$/, 'GetPolicy', 'FunctionName'],
  ['GET', /^\/2015-03-31\/event-source-mappings\/?$/, 'ListEventSourceMappings'],
  ['GET', /^\/2015-03-31\/event-source-mappings\/([^/]+)\/?$/, 'GetEventSourceMapping', 'UUID'],
];

const INVOKE_HEADERS: Readonly<Record<string, string>> = {
  'x-amz-client-context': 'ClientContext',
  'x-amz-invocation-type': 'InvocationType',
  'x-amz-log-type': 'LogType',
};

/** REST-JSON as Lambda has it: operation in method and path, an invocation's payload as the whole body. */
export const lambdaCodec: Codec = {
  decode(request) {
    for (const [method, path, operation, parameter] of ROUTES) {
      const match = method === request.method ? path.exec(request.path) : null;
      if (match) return { operation, input: inputOf(request, operation, parameter, match[1]) };
    }
    const message = `Lambda: ${request.method} ${request.path} is not served by the embedded cloud`;
    throw new AwsError('UnknownOperationException', message, 404);
  },
  success(output, call, { requestId }) {
    if (call.operation === 'Invoke') return invocation(output, requestId);
    return reply(200, awsJson(output), requestId);
  },
  failure(error, { requestId }) {
    const Type = error.statusCode < 500 ? 'User' : 'Service';
    const answer = reply(statusOf(error), awsJson({ Type, message: error.message, ...error.details }), requestId);
    answer.headers['x-amzn-errortype'] = error.code;
    return answer;
  },
};

function inputOf({ headers, query, body }: Request, operation: string, parameter?: string, value = ''): Json {
  const input: Json = Object.fromEntries(new URLSearchParams(query));
  if (parameter) input[parameter] = decodeURIComponent(value);
  if (operation !== 'Invoke') return input;
  for (const [header, name] of Object.entries(INVOKE_HEADERS)) {
    if (headers[header] !== undefined) input[name] = headers[header];
  }
  if (body.length > 0) input.Payload = body;
  return input;
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

/** REST services answer with HTTP's own status where the error has one. */
function statusOf({ code, statusCode }: DecodedError): number {
  if (statusCode !== 400) return statusCode;
  if (code === 'AccessDeniedException') return 403;
  if (code === 'ResourceNotFoundException') return 404;
  return code === 'TooManyRequestsException' ? 429 : statusCode;
}

type DecodedError = Pick<AwsError, 'code' | 'statusCode'>;

function reply(status: number, body: string | Buffer, requestId: string): Reply {
  return { status, headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId }, body };
}
