import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import { adminGroup } from '#schema/admin-group.ts';
import { ClientError } from './client-error.ts';

/** Who calls, as the verified token says. */
export interface Caller {
  readonly sub: string;
  readonly isAdmin: boolean;
}

/** The token is valid but names no customer, as a machine's token does. */
export class NoCustomerError extends ClientError {
  override readonly name = 'NoCustomerError';
  override readonly status = 401;
  override readonly title = 'Unauthorized';

  constructor() {
    super('The token names no customer in its claim "sub": send the token of a customer');
  }
}

/**
 * The caller of a request that passed the JWT authorizer.
 * @throws NoCustomerError, and Error where a route has no authorizer: a mistake of the stack, never of the caller
 */
export function callerOf(event: unknown): Caller {
  const claims = (event as Partial<APIGatewayProxyEventV2WithJWTAuthorizer>).requestContext?.authorizer?.jwt?.claims;
  if (claims === undefined) throw new Error('The request has no verified token: give its route the JWT authorizer');
  const { sub } = claims;
  if (typeof sub !== 'string' || sub === '') throw new NoCustomerError();
  return { sub, isAdmin: groupsOf(claims['cognito:groups']).includes(adminGroup) };
}

/** The HTTP API hands arrays to the integration as `[Admin Guides]`; emulators give the array itself. */
function groupsOf(claim: unknown): readonly string[] {
  if (Array.isArray(claim)) return claim.map(String);
  if (typeof claim !== 'string') return [];
  return /^\[.*\]$/.test(claim) ? claim.slice(1, -1).split(/\s+/) : claim.split(/[\s,]+/);
}
