import { type SynthesizedStack, scopeOf } from './stack-scope.ts';
import type { PolicyDocument } from './statement.ts';

/**
 * What the role that deploys a demo stage needs on top for `npm run smoke`, which makes a customer and takes it away again;
 * undefined for stages that take no bare passwords, on which nothing is booked. Cognito chooses the ids of pools.
 */
export function smokePolicyOf(stack: SynthesizedStack, accountId: string): PolicyDocument | undefined {
  const clients = Object.values(stack.resource.aws_cognito_user_pool_client ?? {});
  const takesPasswords = clients.some(({ explicit_auth_flows: flows }) =>
    (flows as readonly string[] | undefined)?.includes('ALLOW_USER_PASSWORD_AUTH'),
  );
  if (!takesPasswords) return undefined;
  const { region, account } = scopeOf(stack, accountId);
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['cognito-idp:AdminCreateUser', 'cognito-idp:AdminDeleteUser', 'cognito-idp:AdminSetUserPassword'],
        Resource: [`arn:aws:cognito-idp:${region}:${account}:userpool/*`],
      },
    ],
  };
}
