import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, it } from '@jest/globals';
import { asSmokeCustomer } from '#infra/operations/smoke-customer.ts';

/** Does the work for a customer of a pool that gives this token; `asked` are the requests, the user left out. */
async function worked(IdToken: string | undefined, work: (token: string) => Promise<void> = async () => undefined) {
  const asked: string[] = [];
  const users = new Set<unknown>();
  const cognito = Object.assign(new CognitoIdentityProviderClient({ region: 'us-east-1' }), {
    send: async (command: { input: { Username?: string; AuthParameters?: { USERNAME: string } } }) => {
      asked.push(command.constructor.name.replace(/Command$/, ''));
      users.add(command.input.Username ?? command.input.AuthParameters?.USERNAME);
      return command.constructor.name === 'InitiateAuthCommand' ? { AuthenticationResult: { IdToken } } : {};
    },
  });
  const refusal = await asSmokeCustomer({ userPoolId: 'pool', clientId: 'client' }, work, cognito).then(
    () => undefined,
    (error: Error) => error.message,
  );
  expect([...users]).toEqual([expect.stringMatching(/^smoke-\S+@example\.com$/)]);
  return { asked, refusal };
}

const requests = ['AdminCreateUser', 'AdminSetUserPassword', 'InitiateAuth', 'AdminDeleteUser'];

describe('a customer of the smoke test', () => {
  it('given a pool that signs it in, then the work has its token, and the customer is removed', async () => {
    const tokens: string[] = [];
    const { asked, refusal } = await worked('token', async (token) => void tokens.push(token));

    expect([tokens, asked, refusal]).toEqual([['token'], requests, undefined]);
  });

  it('given work that fails, then the customer is removed all the same', async () => {
    const { asked, refusal } = await worked('token', () => Promise.reject(new Error('no seat')));

    expect([asked, refusal]).toEqual([requests, 'no seat']);
  });

  it('given a pool that gives no token, then the sentence asks why, and the customer is removed', async () => {
    const { asked, refusal } = await worked(undefined);

    expect(refusal).toBe('Cognito gave no ID token: does the stage take bare passwords?');
    expect(asked).toEqual(requests);
  });
});
