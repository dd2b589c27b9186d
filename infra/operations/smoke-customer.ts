import { randomUUID } from 'node:crypto';
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';

/**
 * Signs a customer of its own up at a stage's user pool, gives its ID token, and removes it again, also after a failure of
 * the work. For stages that take bare passwords, with credentials that may administer the pool.
 */
export async function asSmokeCustomer(
  { userPoolId: UserPoolId, clientId: ClientId }: { readonly userPoolId: string; readonly clientId: string },
  work: (token: string) => Promise<void>,
  cognito: CognitoIdentityProviderClient = new CognitoIdentityProviderClient({}),
): Promise<void> {
  const Username = `smoke-${randomUUID()}@example.com`;
  const Password = `Aa1-${randomUUID()}`;
  const UserAttributes = [
    { Name: 'email', Value: Username },
    { Name: 'email_verified', Value: 'true' },
  ];
  await cognito.send(new AdminCreateUserCommand({ UserPoolId, Username, MessageAction: 'SUPPRESS', UserAttributes }));
  try {
    await cognito.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: true }));
    const AuthParameters = { USERNAME: Username, PASSWORD: Password };
    const { AuthenticationResult } = await cognito.send(
      new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
    );
    const token = AuthenticationResult?.IdToken;
    if (token === undefined) throw new Error('Cognito gave no ID token: does the stage take bare passwords?');
    await work(token);
  } finally {
    await cognito.send(new AdminDeleteUserCommand({ UserPoolId, Username }));
    cognito.destroy();
  }
}
