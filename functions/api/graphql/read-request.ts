import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { jsonBodyOf, UnreadableBodyError } from '#functions/shared/http/json-body.ts';

/** A GraphQL request as it came in: well-formed, and neither parsed nor validated yet. */
export interface GraphQlRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
}

/** The request is not one that GraphQL could answer; told with status 400. */
export class MalformedRequestError extends Error {
  override readonly name = 'MalformedRequestError';
}

/** Documents of generated clients have some 2 kB; a filter of 300 conditions has 30 kB. */
const maxBodyBytes = 64 * 1024;
/** Variables hold inputs, and the deepest are filters. */
const maxVariableDepth = 50;

type GraphQlEvent = Pick<APIGatewayProxyEventV2, 'headers' | 'body' | 'isBase64Encoded'> &
  Partial<Pick<APIGatewayProxyEventV2, 'rawQueryString'>>;

/** @throws MalformedRequestError */
export function readRequest({ rawQueryString = '', headers, ...event }: GraphQlEvent): GraphQlRequest {
  const [parameter] = new URLSearchParams(rawQueryString).keys();
  if (parameter !== undefined) {
    throw new MalformedRequestError(`Query parameter "${parameter}" is not read: send the operation in the body`);
  }
  if (headers['idempotency-key'] !== undefined) {
    throw new MalformedRequestError('Header "Idempotency-Key" is not read here: give "clientMutationId" in the input');
  }
  return requestOf(documentOf({ headers, ...event }));
}

function documentOf(event: Omit<GraphQlEvent, 'rawQueryString'>): unknown {
  try {
    return jsonBodyOf(event, maxBodyBytes);
  } catch (error) {
    throw error instanceof UnreadableBodyError ? new MalformedRequestError(error.message) : error;
  }
}

/**
 * Clients put into `extensions` what is about themselves, and a server may leave them.
 * https://github.com/graphql/graphql-over-http/blob/main/spec/GraphQLOverHTTP.md#request-parameters
 */
function requestOf(body: unknown): GraphQlRequest {
  if (Array.isArray(body)) throw new MalformedRequestError('Send one operation a request: batches are not answered');
  if (typeof body !== 'object' || body === null) {
    throw new MalformedRequestError('The body must be an object with "query"');
  }
  const { query, variables, operationName, extensions: _, ...others } = body as Record<string, unknown>;
  const [other] = Object.keys(others);
  if (other !== undefined) {
    throw new MalformedRequestError(
      `"${other}" is unknown here: a request has "query", "variables" and "operationName"`,
    );
  }
  if (typeof query !== 'string' || query === '') throw new MalformedRequestError('"query" must be a GraphQL document');
  if ((variables ?? undefined) !== undefined && (typeof variables !== 'object' || Array.isArray(variables))) {
    throw new MalformedRequestError('"variables" must be an object');
  }
  if ((operationName ?? undefined) !== undefined && typeof operationName !== 'string') {
    throw new MalformedRequestError('"operationName" must be a string');
  }
  checkVariables(variables, 0);
  return {
    query,
    variables: (variables ?? {}) as Record<string, unknown>,
    // Some clients send an empty one for none.
    operationName: (operationName || undefined) as string | undefined,
  };
}

/** Coercion would walk any depth, and DynamoDB takes no text that UTF-8 cannot say. */
function checkVariables(value: unknown, depth: number): void {
  if (typeof value === 'string' && !value.isWellFormed()) {
    throw new MalformedRequestError('"variables" holds half a character (a lone surrogate)');
  }
  if (typeof value !== 'object' || value === null) return;
  if (depth > maxVariableDepth) throw new MalformedRequestError(`"variables" may be ${maxVariableDepth} levels deep`);
  for (const inner of Object.values(value)) checkVariables(inner, depth + 1);
}
