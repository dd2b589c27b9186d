/** A local OpenID Connect issuer, in the place of a Cognito user pool: its two well-known documents, and tokens. */

import { randomUUID } from 'node:crypto';
import { createLocalJWKSet, type JWTVerifyGetKey, SignJWT } from 'jose';
import { signingKey } from './key.ts';

export interface TokenRequest {
  readonly sub: string;
  /** Go into `cognito:groups`. */
  readonly groups?: readonly string[];
  readonly scopes?: readonly string[];
  /** An hour by default; a negative number gives a token that has expired. */
  readonly expiresInSeconds?: number;
  readonly claims?: Readonly<Record<string, unknown>>;
}

export interface Issuer {
  readonly issuer: string;
  /** For the HTTP API's `issuers`: verification without a request. */
  readonly keys: JWTVerifyGetKey;
  readonly jwks: { readonly keys: readonly object[] };
  /** The well-known document at this path, which begins with the issuer's own; undefined for any other path. */
  document(path: string): object | undefined;
  /** A token as Cognito's ID tokens are: `aud`, `token_use: "id"`, an e-mail address made from `sub`. */
  sign(request: TokenRequest): Promise<string>;
  /** A token with exactly these claims, for tests of what is refused. */
  signClaims(claims: Readonly<Record<string, unknown>>): Promise<string>;
}

export interface IssuerOptions {
  /** URL, also the `iss` of its tokens. */
  readonly issuer: string;
  readonly audience: string;
  /** Keeps the private key, mode 600; without it the key lives as long as the process. */
  readonly keyFile?: string;
  /** URL of the server that answers the documents where that is not the issuer's own, once it listens. */
  readonly servedAt?: () => string;
}

export async function createIssuer({ issuer, audience, keyFile, servedAt }: IssuerOptions): Promise<Issuer> {
  const { privateKey, publicJwk } = await signingKey(keyFile);
  const { origin, pathname } = new URL(issuer);
  const path = `${pathname.replace(/\/$/, '')}/.well-known`;
  const jwks = { keys: [publicJwk] };
  const documents = new Map<string, () => object>([
    [
      `${path}/openid-configuration`,
      () => ({
        issuer,
        jwks_uri: `${servedAt?.() ?? origin}${path}/jwks.json`,
        response_types_supported: ['token'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      }),
    ],
    [`${path}/jwks.json`, () => jwks],
  ]);

  const signClaims = (claims: Readonly<Record<string, unknown>>) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: publicJwk.kid as string, typ: 'JWT' }).sign(privateKey);

  return {
    issuer,
    keys: createLocalJWKSet(jwks),
    jwks,
    document: (asked) => documents.get(asked)?.(),
    sign({ sub, groups = [], scopes = [], expiresInSeconds = 3_600, claims = {} }) {
      const now = Math.floor(Date.now() / 1_000);
      return signClaims({
        token_use: 'id',
        'cognito:username': sub,
        email: sub.includes('@') ? sub : `${sub}@example.com`,
        email_verified: true,
        auth_time: now,
        jti: randomUUID(),
        ...(groups.length > 0 && { 'cognito:groups': groups }),
        ...(scopes.length > 0 && { scope: scopes.join(' ') }),
        sub,
        iss: issuer,
        aud: audience,
        iat: now,
        exp: now + expiresInSeconds,
        ...claims,
      });
    },
    signClaims,
  };
}
