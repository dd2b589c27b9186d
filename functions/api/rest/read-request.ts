import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { type BodyFault, jsonBodyOf, UnreadableBodyError } from '#functions/shared/http/json-body.ts';
import { describeIssue } from '#schema/describe-issue.ts';
import { RequestError } from './problem.ts';
import { queryParametersOf } from './query-string.ts';

/** Far more than any request here needs; API Gateway would admit 10 MB. */
const maxBodyBytes = 32 * 1024;

const statuses = {
  'media type': [415, 'Unsupported media type'],
  size: [413, 'Body too large'],
  syntax: [400, 'Malformed JSON'],
  field: [400, 'Invalid request'],
} as const satisfies Record<BodyFault, readonly [number, string]>;

/** The body, which has to be JSON of this shape. @throws RequestError 400, 413 or 415 that names the field */
export function readBody<Schema extends z.ZodMiniType>(
  event: APIGatewayProxyEventV2,
  schema: Schema,
): z.output<Schema> {
  return validated(schema, documentOf(event), 'body');
}

function documentOf(event: APIGatewayProxyEventV2): unknown {
  try {
    return jsonBodyOf(event, maxBodyBytes);
  } catch (error) {
    if (!(error instanceof UnreadableBodyError)) throw error;
    const [status, title] = statuses[error.fault];
    throw new RequestError(status, title, error.message, error.field);
  }
}

/** For a route that reads none: a body would be dropped in silence. @throws RequestError 400 */
export function refuseBody({ body }: Partial<Pick<APIGatewayProxyEventV2, 'body'>>): void {
  if (body) throw new RequestError(400, 'Invalid request', 'This route reads no body: send none', 'body');
}

/** The query string, each parameter at most once. @throws RequestError that names the parameter */
export const readQuery = <Schema extends z.ZodMiniType>(
  event: Partial<Pick<APIGatewayProxyEventV2, 'rawQueryString'>>,
  schema: Schema,
): z.output<Schema> => validated(schema, queryParametersOf(event), 'query');

/** A header, or undefined where the request has none. @throws RequestError that names the header */
export function readHeader<Schema extends z.ZodMiniType>(
  { headers }: Pick<APIGatewayProxyEventV2, 'headers'>,
  name: string,
  schema: Schema,
): z.output<Schema> | undefined {
  const value = headers[name.toLowerCase()];
  if (value === undefined) return undefined;
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  throw new RequestError(400, 'Invalid request', `Header "${name}" ${describeIssue(result.error).message}`, name);
}

function validated<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
  where: 'body' | 'query',
): z.output<Schema> {
  const result = z.safeParse(schema, value, { reportInput: true });
  if (result.success) return result.data;
  const { field, message } = describeIssue(result.error, where);
  const what = where === 'body' ? 'Field' : 'Query parameter';
  const subject = field === where ? `The ${where}` : `${what} "${field}"`;
  throw new RequestError(400, 'Invalid request', `${subject} ${message}`, field);
}
