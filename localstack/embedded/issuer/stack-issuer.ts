import { jwtSettingsOf } from '../http-api/jwt-settings.ts';
import type { Stack, StackResource } from '../types.ts';
import { createIssuer, type Issuer, type IssuerOptions } from './index.ts';

/** The one that asks for tokens; undefined for a stack whose routes ask for none. */
export const authorizerOf = (stack: Stack): StackResource | undefined =>
  stack.resources('aws_apigatewayv2_authorizer').find(({ attributes }) => attributes.authorizer_type === 'JWT');

/** In the place of the user pool that the stack's JWT authorizer trusts; undefined for a stack without one. */
export async function issuerOf(
  stack: Stack,
  { servedAt, keyFile }: Pick<IssuerOptions, 'keyFile' | 'servedAt'> = {},
): Promise<Issuer | undefined> {
  const authorizer = authorizerOf(stack);
  if (authorizer === undefined) return undefined;
  const { issuer, audiences } = jwtSettingsOf(authorizer);
  return createIssuer({
    issuer,
    audience: audiences[0],
    ...(keyFile !== undefined && { keyFile }),
    ...(servedAt && { servedAt }),
  });
}
