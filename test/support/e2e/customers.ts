import { randomUUID } from 'node:crypto';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  InitiateAuthCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { type Issuer, loadStack } from '#embedded/index.ts';
import { localIssuerOf } from '../../../localstack/issuer.ts';
import { limitation } from './capabilities.ts';
import type { Target } from './target.ts';

export interface Customer {
  /** As the token says; never the name itself. */
  readonly sub: string;
  readonly token: string;
}

const poolName = 'booking-saga-local';
/** Of this test file: others may know an alice of their own on the same target. */
const suffix = randomUUID().slice(0, 8);
const customers = new Map<string, Promise<Customer>>();
let issuer: Promise<Issuer> | undefined;

/** A customer by any name; the same name is the same customer within a test file, an administrator another one. */
export function customerOf(target: Target, name: string, { admin = false } = {}): Promise<Customer> {
  const username = `${name}${admin ? '-admin' : ''}-${suffix}`;
  const known = customers.get(username) ?? signIn(target, username, admin ? ['Admin'] : []);
  customers.set(username, known);
  return known;
}

/** Header of a request by this customer. */
export const bearer = ({ token }: Customer): { authorization: string } => ({ authorization: `Bearer ${token}` });

/** Signs any claims on targets with a local issuer; a test that uses it needs the capability `local issuer`. */
export function localIssuer(): Promise<Issuer> {
  issuer ??= localIssuerOf(loadStack('cdktf.out/stacks/booking-saga-local/cdk.tf.json')).then((found) => {
    if (found === undefined) throw new Error('The synthesized stack has no JWT authorizer');
    return found;
  });
  return issuer;
}

async function signIn(target: Target, username: string, groups: readonly string[]): Promise<Customer> {
  if (limitation('local issuer') !== undefined) return signInAtCognito(target, username, groups);
  return { sub: username, token: await (await localIssuer()).sign({ sub: username, groups }) };
}

async function signInAtCognito(
  { awsUrl }: Target,
  username: string,
  groups: readonly string[],
  at: Realm = 'own',
): Promise<Customer> {
  const cognito = new CognitoIdentityProviderClient({
    endpoint: awsUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  try {
    const { UserPoolId, ClientId } = await realmOf(cognito, at);
    const Username = `${username}@example.com`;
    const Password = `Aa1-${randomUUID()}`;
    await cognito.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username,
        MessageAction: 'SUPPRESS',
        UserAttributes: [
          { Name: 'email', Value: Username },
          { Name: 'email_verified', Value: 'true' },
        ],
      }),
    );
    await cognito.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: true }));
    for (const GroupName of groups) {
      await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName }));
    }
    const { AuthenticationResult } = await cognito.send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: Username, PASSWORD: Password },
      }),
    );
    const token = AuthenticationResult?.IdToken ?? '';
    return { sub: String(decodeJwt(token).sub), token };
  } finally {
    cognito.destroy();
  }
}

/** The issuer of a token: the one that the stack's authorizer trusts, or another client or another pool. */
type Realm = 'own' | 'another client' | 'another pool';

/** A token that Cognito itself gives, but not for this service. */
export async function foreignToken(target: Target, realm: Exclude<Realm, 'own'>): Promise<string> {
  return (await signInAtCognito(target, `${randomUUID()}-${suffix}`, [], realm)).token;
}

async function realmOf(cognito: CognitoIdentityProviderClient, realm: Realm) {
  if (realm === 'another pool') {
    const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: `e2e-${suffix}` }));
    return { UserPoolId: UserPool?.Id, ClientId: await newClient(cognito, UserPool?.Id) };
  }
  const { UserPools = [] } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }));
  const UserPoolId = UserPools.find(({ Name }) => Name === poolName)?.Id;
  if (realm === 'another client') return { UserPoolId, ClientId: await newClient(cognito, UserPoolId) };
  const { UserPoolClients = [] } = await cognito.send(new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 60 }));
  return { UserPoolId, ClientId: UserPoolClients.find(({ ClientName }) => ClientName !== foreignClient)?.ClientId };
}

const foreignClient = 'e2e-another-client';

async function newClient(cognito: CognitoIdentityProviderClient, UserPoolId: string | undefined) {
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: foreignClient,
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    }),
  );
  return UserPoolClient?.ClientId;
}
