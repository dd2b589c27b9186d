/** A local OpenID Connect issuer, in the place of a Cognito user pool: its two well-known documents, and tokens. */

import type { IncomingMessage, ServerResponse } from 'node:http';
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
  readonly openidConfiguration: Readonly<Record<string, unknown>>;
  readonly jwks: { readonly keys: readonly object[] };
  /** Answers the well-known documents below the issuer's path. @returns false for any other request */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** A token as Cognito's ID tokens are: `aud`, `token_use: "id"`. */
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
}

export async function createIssuer({ issuer, audience, keyFile }: IssuerOptions): Promise<Issuer> {
  const { privateKey, publicJwk } = await signingKey(keyFile);
  const base = issuer.replace(/\/$/, '');
  const jwks = { keys: [publicJwk] };
  const openidConfiguration = {
    issuer,
    jwks_uri: `${base}/.well-known/jwks.json`,
    response_types_supported: ['token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
  const path = new URL(base).pathname.replace(/\/$/, '');
  const documents = new Map<string, string>([
    [`${path}/.well-known/openid-configuration`, JSON.stringify(openidConfiguration)],
    [`${path}/.well-known/jwks.json`, JSON.stringify(jwks)],
  ]);

  const signClaims = (claims: Readonly<Record<string, unknown>>) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: publicJwk.kid as string, typ: 'JWT' }).sign(privateKey);

  return {
    issuer,
    keys: createLocalJWKSet(jwks),
    openidConfiguration,
    jwks,
    handle(request, response) {
      const document = request.method === 'GET' ? documents.get((request.url ?? '').split('?')[0] ?? '') : undefined;
      if (document === undefined) return false;
      response.writeHead(200, { 'content-type': 'application/json' }).end(document);
      return true;
    },
    sign({ sub, groups = [], scopes = [], expiresInSeconds = 3_600, claims = {} }) {
      const now = Math.floor(Date.now() / 1_000);
      return signClaims({
        token_use: 'id',
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
