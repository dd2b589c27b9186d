import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  createRemoteJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  generateKeyPair,
  jwtVerify,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import { createIssuer } from '#embedded/testing.ts';
import { itNeeds } from '#test/support/e2e/capabilities.ts';
import { bearer, customerOf, foreignToken } from '#test/support/e2e/customers.ts';
import { callWith, issuer, target, valid } from './authentication-setup.ts';

const stack = JSON.parse(readFileSync('cdktf.out/stacks/booking-saga-local/cdk.tf.json', 'utf8'));

const protectedRoutes = (
  Object.values(stack.resource.aws_apigatewayv2_route) as { route_key: string; authorization_type?: string }[]
)
  .filter(({ authorization_type }) => authorization_type === 'JWT')
  .map(({ route_key }) => route_key);

/** A request that the route takes. */
function requestOf(routeKey: string): { method: string; path: string } {
  const [method = '', path = ''] = routeKey.split(' ');
  return { method: method === 'ANY' ? 'PUT' : method, path: path.replaceAll(/\{[^}]+\}/g, 'some') };
}

describe('routes that ask for a token', () => {
  it('are there', () => {
    expect(protectedRoutes).toContain('GET /loyalty');
  });

  it.each(protectedRoutes)(
    'given no token, when %s is called, then it is refused before the function',
    async (route) => {
      const { method, path } = requestOf(route);
      const response = await fetch(`${target.apiUrl}${path}`, { method });

      const text = await response.text();
      expect(response.status).toBe(401);
      if (method === 'HEAD') expect(text).toBe('');
      else expect(JSON.parse(text)).toEqual({ message: 'Unauthorized' });
      // The gateway's own words: a function's refusal would have a type.
      expect(response.headers.get('content-type')).not.toMatch(/problem/);
    },
  );

  it.each(['/bookings//history', '/bookings/%2Fhistory', '/bookings/a%2Fb%2Fc'])(
    'given no token, when %s is requested, which fits no route, then it is refused without details',
    async (path) => {
      for (const method of ['GET', 'DELETE', 'POST']) {
        const response = await fetch(`${target.apiUrl}${path}`, { method });
        expect([401, 404, 405]).toContain(response.status);
        await response.text();
      }
    },
  );

  it("given a customer's token, when called, then it is answered", async () => {
    const response = await fetch(`${target.apiUrl}/loyalty`, { headers: bearer(await customerOf(target, 'alice')) });

    expect(response.status).toBe(200);
  });

  it.each([...protectedRoutes, 'PUT /nothing/there'])(
    "given a browser's preflight of %s, when called without a token, then it is allowed",
    async (route) => {
      const response = await fetch(`${target.apiUrl}${requestOf(route).path}`, {
        method: 'OPTIONS',
        headers: {
          origin: 'https://airline.example',
          'access-control-request-method': 'POST',
          // The headers of Amplify's GraphQL client; a browser refuses the call if one of them is not allowed.
          'access-control-request-headers': 'authorization,content-type,x-amz-user-agent',
        },
      });

      expect(response.status).toBe(204);
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect(response.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('x-amz-user-agent');
    },
  );

  it('leave health checks open', async () => {
    expect((await fetch(`${target.apiUrl}/health`)).status).toBe(200);
  });
});

describe('tokens that are refused', () => {
  const itSigns = itNeeds('local issuer');
  const now = (): number => Math.floor(Date.now() / 1000);
  const stranger = () => createIssuer({ issuer: 'https://issuer.example/pool', audience: 'front-end' });
  const secret = new TextEncoder().encode('a secret that is long enough for HS256');

  /** Forgeries of a good token that need no key. */
  const forged: Readonly<Record<string, (good: string) => Promise<string> | string>> = {
    'no token at all': () => 'nonsense',
    'an unsigned one': (good) => new UnsecuredJWT(decodeJwt(good)).encode(),
    'an unsigned one that keeps the signature': (good) =>
      `${new UnsecuredJWT(decodeJwt(good)).encode()}${good.split('.')[2]}`,
    'one whose signature was cut off': (good) => good.replace(/[^.]+$/, ''),
    'one for another customer, with the signature of the good one': (good) => {
      const [head, , signature] = good.split('.');
      const claims = JSON.stringify({ ...decodeJwt(good), sub: 'bob' });
      return `${head}.${Buffer.from(claims).toString('base64url')}.${signature}`;
    },
    'one signed with a secret': (good) =>
      new SignJWT(decodeJwt(good)).setProtectedHeader({ alg: 'HS256' }).sign(secret),
    'one with another key': async (good) => (await stranger()).signClaims(decodeJwt(good)),
    "one with another key, under the issuer's key id": async (good) => {
      const { privateKey } = await generateKeyPair('RS256');
      const { kid = '' } = decodeProtectedHeader(good);
      return new SignJWT(decodeJwt(good)).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey);
    },
  };
  /** With a good signature: what only the issuer can make. */
  const unfit: Readonly<Record<string, () => Record<string, unknown>>> = {
    'one that has expired': () => ({ iat: now() - 7200, exp: now() - 3600 }),
    'one without an end': () => ({ exp: undefined }),
    'one that is not valid yet': () => ({ nbf: now() + 3600 }),
    'one issued in the future': () => ({ iat: now() + 3600, exp: now() + 7200 }),
    'one for another audience': () => ({ aud: 'another-client' }),
    'an access token of another client': () => ({ aud: undefined, token_use: 'access', client_id: 'another-client' }),
    'one for another audience that names the client besides': () => ({ aud: 'another-client', client_id: valid.aud }),
    'one without audience and client': () => ({ aud: undefined }),
    'one of another issuer': () => ({ iss: 'https://issuer.example/us-east-1_other' }),
  };

  async function expectRefusal(token: string): Promise<Response> {
    const response = await callWith(token);
    expect([response.status, await response.json()]).toEqual([401, { message: 'Unauthorized' }]);
    return response;
  }

  it.each(Object.keys(forged))('given %s, when called, then it is refused', async (name) => {
    const { token } = await customerOf(target, 'alice');
    await expectRefusal((await forged[name]?.(token)) ?? '');

    expect((await callWith(token)).status).toBe(200);
  });

  for (const [name, claims] of Object.entries(unfit)) {
    itSigns(`given ${name}, when called, then it is refused`, async () => {
      const response = await expectRefusal(await issuer.signClaims({ ...valid, ...claims() }));

      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token"/);
    });
  }

  for (const realm of ['another client', 'another pool'] as const) {
    itNeeds('Cognito API')(`given one that Cognito gave for ${realm}, when called, then it is refused`, async () => {
      await expectRefusal(await foreignToken(target, realm));
    });
  }

  itSigns('are refused for their fault alone: the claims that they are made of are accepted', async () => {
    expect((await callWith(await issuer.signClaims(valid))).status).toBe(200);
    const accessToken = { ...valid, aud: undefined, token_use: 'access', client_id: valid.aud };
    expect((await callWith(await issuer.signClaims(accessToken))).status).toBe(200);
  });
});

describe('the issuer', () => {
  itNeeds('issuer documents')('publishes the keys that its tokens verify with', async () => {
    const { token } = await customerOf(target, 'alice');
    const { pathname } = new URL(
      String(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).iss),
    );
    const found = await fetch(`${target.awsUrl}${pathname}/.well-known/openid-configuration`);
    const { issuer: name, jwks_uri: keys } = (await found.json()) as { issuer: string; jwks_uri: string };

    expect(new URL(keys).pathname).toBe(`${pathname}/.well-known/jwks.json`);
    await expect(jwtVerify(token, createRemoteJWKSet(new URL(keys)), { issuer: name })).resolves.toBeDefined();
  });
});
