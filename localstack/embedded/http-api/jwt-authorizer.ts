/** JWT authorizers of HTTP APIs ("Control access to HTTP APIs with JWT authorizers"): RS256, key by `kid`, issuer, audience, times. */

import { createRemoteJWKSet, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Reply } from '../http.ts';
import type { StackResource } from '../types.ts';
import { messageOf } from '../values.ts';
import { type JwtSettings, jwtSettingsOf } from './jwt-settings.ts';
import { message } from './reply.ts';
import type { GatewayRequest } from './request.ts';

/** `requestContext.authorizer.jwt`: every claim as text; `scopes` null for a route that asks for none. */
export interface JwtContext {
  readonly claims: Readonly<Record<string, string>>;
  readonly scopes: readonly string[] | null;
}

/** The keys of an issuer; undefined: fetch them from the issuer itself. */
export type Issuers = (issuer: string) => JWTVerifyGetKey | undefined;

/** @returns the context, or the gateway's refusal */
export type JwtAuthorizer = (
  request: GatewayRequest,
  routeScopes: readonly string[],
) => Promise<{ readonly jwt: JwtContext } | { readonly refusal: Reply }>;

/** @throws Error that names the place of what AWS refuses */
export function createJwtAuthorizer(authorizer: StackResource, issuers: Issuers): JwtAuthorizer {
  const { issuer, audiences, source } = jwtSettingsOf(authorizer);
  let keys: JWTVerifyGetKey | undefined;

  return async (request, routeScopes) => {
    const token = tokenFrom(source, request);
    if (token === undefined) return refuse(401, 'Unauthorized', 'Bearer');
    let claims: JWTPayload;
    try {
      keys ??= issuers(issuer) ?? (await discoverKeys(issuer));
      const options = { issuer, algorithms: ['RS256'], requiredClaims: ['exp'] };
      const { payload, protectedHeader } = await jwtVerify(token, keys, options);
      if (protectedHeader.kid === undefined) throw new Error('the token names no key (kid)');
      claims = payload;
      checkAudience(claims, audiences);
      checkIssuedAt(claims);
    } catch (error) {
      return refuse(401, 'Unauthorized', `Bearer error="invalid_token" error_description="${describe(error)}"`);
    }
    const scopes = scopesOf(claims);
    if (routeScopes.length > 0 && !routeScopes.some((scope) => scopes.includes(scope))) {
      return refuse(403, 'Forbidden', `Bearer scope="${routeScopes.join(' ')}" error="insufficient_scope"`);
    }
    return { jwt: { claims: textClaims(claims), scopes: routeScopes.length > 0 ? scopes : null } };
  };
}

function tokenFrom(source: JwtSettings['source'], { headers, query }: GatewayRequest): string | undefined {
  const value =
    source.in === 'header' ? headers[source.name.toLowerCase()] : new URLSearchParams(query).get(source.name);
  return value?.replace(/^Bearer +/i, '').trim() || undefined;
}

/** `client_id` counts only where there is no `aud`, as in Cognito's access tokens. */
function checkAudience({ aud, client_id: clientId }: JWTPayload, audiences: readonly string[]): void {
  const named = aud === undefined ? [clientId] : [aud].flat();
  if (!named.some((name) => audiences.includes(name as string))) throw new Error('the token has an invalid audience');
}

function checkIssuedAt({ iat }: JWTPayload): void {
  if (iat !== undefined && iat > Date.now() / 1_000) throw new Error('the token was issued in the future');
}

function scopesOf({ scope, scp }: JWTPayload): readonly string[] {
  const value = scope ?? scp;
  if (typeof value === 'string') return value.split(' ').filter(Boolean);
  return Array.isArray(value) ? value.map(String) : [];
}

/** As measured on AWS: lists as `[a b]`, numbers and booleans as text, null left out, objects as JSON. */
function textClaims(claims: JWTPayload): Record<string, string> {
  const entries = Object.entries(claims).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, textClaim(value)]));
}

function textClaim(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textClaim).join(' ')}]`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

async function discoverKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const { jwks_uri: uri } = (await response.json()) as { jwks_uri: string };
  return createRemoteJWKSet(new URL(uri));
}

function refuse(status: number, text: string, challenge: string): { refusal: Reply } {
  return { refusal: message(status, text, { 'www-authenticate': challenge }) };
}

/** Goes into a quoted header value. */
function describe(error: unknown): string {
  return messageOf(error).replaceAll(/[^\x20-\x7e]|["\\]/g, "'");
}
