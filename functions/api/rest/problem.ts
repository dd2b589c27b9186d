import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { ClientError, type ClientErrorStatus } from '#functions/shared/http/client-error.ts';
import type { Problem } from '#schema/http/problem.ts';

export interface ProblemFields {
  readonly title: string;
  readonly detail?: string | undefined;
  /** The offending field of the body, parameter or header. */
  readonly field?: string | undefined;
  /** With a server error, which tells nothing else. */
  readonly requestId?: string | undefined;
  /** Becomes the header `Retry-After`. */
  readonly retryAfterSeconds?: number | undefined;
}

/** Every error of the REST API, as RFC 9457 has it. */
export function problem(
  status: number,
  { title, retryAfterSeconds, ...fields }: ProblemFields,
): APIGatewayProxyStructuredResultV2 {
  const body: Problem = { type: 'about:blank', title, status, ...fields };
  const headers = {
    'content-type': 'application/problem+json',
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': `${retryAfterSeconds}` }),
  };
  return { statusCode: status, headers, body: JSON.stringify(body) };
}

/** The resource is there, and does not take the method. */
export function methodNotAllowed(methods: readonly string[]): APIGatewayProxyStructuredResultV2 {
  const allow = methods.join(', ');
  const refusal = problem(405, { title: 'Method not allowed', detail: `This resource takes ${allow}` });
  return { ...refusal, headers: { ...refusal.headers, allow } };
}

/** The form of the request is wrong, not what it asks for. */
export class RequestError extends ClientError {
  override readonly name = 'RequestError';
  override readonly status: ClientErrorStatus;
  override readonly title: string;

  constructor(status: ClientErrorStatus, title: string, message: string, field?: string) {
    super(message, field);
    this.status = status;
    this.title = title;
  }
}

/** Only an Admin may name another customer. */
export const customerIsForAdmins = (): RequestError =>
  new RequestError(403, 'Forbidden', 'Query parameter "customer" is for Admins: leave it out', 'customer');
