import { fileURLToPath } from 'node:url';
import type { Stack } from '../types.ts';
import { createIssuer, type Issuer } from './index.ts';

/** One key for all local clouds, gateways and token commands of this checkout: whoever comes first makes it. */
export const localKeyFile = fileURLToPath(new URL('../../../.local/issuer-key.json', import.meta.url));

/** In the place of the user pool that the stack's JWT authorizer trusts; undefined for a stack without one. */
export async function issuerOf(
  stack: Stack,
  { servedAt, keyFile = localKeyFile }: { readonly servedAt?: () => string; readonly keyFile?: string } = {},
): Promise<Issuer | undefined> {
  const authorizer = stack
    .resources('aws_apigatewayv2_authorizer')
    .find(({ attributes }) => attributes.authorizer_type === 'JWT');
  if (authorizer === undefined) return undefined;
  const { issuer, audience } = [authorizer.attributes.jwt_configuration].flat()[0];
  return createIssuer({
    issuer: String(issuer),
    audience: String([audience].flat()[0]),
    keyFile,
    ...(servedAt && { servedAt }),
  });
}
