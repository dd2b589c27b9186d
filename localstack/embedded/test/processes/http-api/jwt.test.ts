import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { createIssuer, type Issuer } from '#embedded/issuer/index.ts';
import { type ApiFixture, anApi, resource, withApi } from './fixture.ts';
import { ISSUER } from './issuer-url.ts';

function anAuthorizer(attributes: Record<string, unknown> = {}, issuer = ISSUER) {
  return resource('aws_apigatewayv2_authorizer', 'jwt', {
    authorizer_type: 'JWT',
    identity_sources: ['$request.header.Authorization'],
    jwt_configuration: { issuer, audience: ['shop', 'admin'] },
    ...attributes,
  });
}

describe('the JWT authorizer', () => {
  let issuer: Issuer;
  let api: ApiFixture;
  const protect = { authorization_type: 'JWT', authorizer_id: 'jwt' };
  const bearer = (token: string, path = '/') => api.get(path, { headers: { authorization: `Bearer ${token}` } });

  beforeAll(async () => {
    issuer = await createIssuer({ issuer: ISSUER, audience: 'shop' });
    api = await anApi({ route: protect, authorizers: [anAuthorizer()], issuers: () => issuer.keys });
  });
  afterAll(() => api.close());

  async function refused(token: string) {
    const seen = api.events.length;
    const response = await bearer(token);
    expect(await response.json()).toEqual({ message: 'Unauthorized' });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token"/);
    expect(api.events).toHaveLength(seen);
  }

  it('hands on the claims as text', async () => {
    const claims = { email_verified: true, auth_time: 1_700_000_000, nested: { a: 1 }, nothing: null };
    const token = await issuer.sign({ sub: 'alice', groups: ['Admin', 'Staff'], claims });
    expect((await bearer(token)).status).toBe(200);
    const { jwt } = api.events.at(-1).requestContext.authorizer;
    expect(jwt).toEqual({
      claims: {
        sub: 'alice',
        iss: ISSUER,
        aud: 'shop',
        'cognito:groups': '[Admin Staff]',
        token_use: 'id',
        'cognito:username': 'alice',
        email: 'alice@example.com',
        jti: expect.stringMatching(/^[\da-f-]{36}$/),
        email_verified: 'true',
        auth_time: '1700000000',
        nested: '{"a":1}',
        iat: expect.stringMatching(/^\d+$/),
        exp: expect.stringMatching(/^\d+$/),
      },
      scopes: null,
    });
  });

  it('takes a token without the word Bearer', async () => {
    expect((await api.get('/', { headers: { authorization: await issuer.sign({ sub: 'a' }) } })).status).toBe(200);
  });

  it('takes the client id for the audience only where the token has none', async () => {
    const claims = { sub: 'a', iss: ISSUER, exp: 4_000_000_000, client_id: 'admin' };
    expect((await bearer(await issuer.signClaims(claims))).status).toBe(200);
    await refused(await issuer.signClaims({ ...claims, client_id: 'other' }));
    await refused(await issuer.signClaims({ ...claims, aud: 'other' }));
  });

  it('refuses a request without a token', async () => {
    const response = await api.get('/');
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ message: 'Unauthorized' });
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('refuses tokens that are expired, not valid yet, or issued in the future', async () => {
    const future = Math.floor(Date.now() / 1_000) + 600;
    await refused(await issuer.sign({ sub: 'a', expiresInSeconds: -60 }));
    await refused(await issuer.sign({ sub: 'a', claims: { nbf: future } }));
    await refused(await issuer.signClaims({ sub: 'a', aud: 'shop', iss: ISSUER, iat: future, exp: future + 60 }));
    await refused(await issuer.signClaims({ sub: 'a', aud: 'shop', iss: ISSUER }));
  });

  it('refuses tokens of another issuer, audience or key', async () => {
    const stranger = await createIssuer({ issuer: ISSUER, audience: 'shop' });
    await refused(await stranger.sign({ sub: 'a' }));
    await refused(await issuer.signClaims({ sub: 'a', aud: 'shop', iss: 'https://other.example', exp: 4_000_000_000 }));
    await refused(await issuer.signClaims({ sub: 'a', aud: 'other', iss: ISSUER, exp: 4_000_000_000 }));
  });

  it('refuses unsigned tokens, other algorithms, and changed ones', async () => {
    await refused(new UnsecuredJWT({ sub: 'a', aud: 'shop', iss: ISSUER, exp: 4_000_000_000 }).encode());
    const secret = new TextEncoder().encode(JSON.stringify(issuer.jwks.keys[0]));
    const hmac = new SignJWT({ sub: 'a', aud: 'shop', iss: ISSUER, exp: 4_000_000_000 }).setProtectedHeader({
      alg: 'HS256',
    });
    await refused(await hmac.sign(secret));
    const [header, , signature] = (await issuer.sign({ sub: 'a' })).split('.');
    const forged = Buffer.from(JSON.stringify({ sub: 'admin', aud: 'shop', iss: ISSUER, exp: 4_000_000_000 })).toString(
      'base64url',
    );
    await refused(`${header}.${forged}.${signature}`);
    await refused('no-token');
  });

  it('refuses a token whose header does not name its key', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    const signed = (header: object) =>
      new SignJWT({ aud: 'shop', iss: ISSUER, exp: 4_000_000_000 })
        .setProtectedHeader({ alg: 'RS256', ...header })
        .sign(privateKey);
    const ofOneKey = { route: protect, authorizers: [anAuthorizer()], issuers: () => async () => publicKey };

    await withApi(ofOneKey, async ({ get }) => {
      const statusOf = async (token: string) =>
        (await get('/', { headers: { authorization: `Bearer ${token}` } })).status;
      expect(await statusOf(await signed({ kid: 'one' }))).toBe(200);
      expect(await statusOf(await signed({}))).toBe(401);
    });
  });

  it('asks for one of the route scopes', async () => {
    const options = {
      route: { ...protect, authorization_scopes: ['parcels/write', 'parcels/admin'] },
      authorizers: [anAuthorizer()],
      issuers: () => issuer.keys,
    };
    await withApi(options, async ({ get, events }) => {
      const call = async (scopes: string[]) =>
        get('/', { headers: { authorization: await issuer.sign({ sub: 'a', scopes }) } });
      const forbidden = await call(['parcels/read']);
      expect(forbidden.status).toBe(403);
      expect(await forbidden.json()).toEqual({ message: 'Forbidden' });
      expect((await call(['parcels/read', 'parcels/write'])).status).toBe(200);
      expect(events.map((event) => event.requestContext.authorizer.jwt.scopes)).toEqual([
        ['parcels/read', 'parcels/write'],
      ]);
    });
  });

  it('reads the token from the query string where the authorizer says so', async () => {
    const authorizers = [anAuthorizer({ identity_sources: ['$request.querystring.token'] })];
    await withApi({ route: protect, authorizers, issuers: () => issuer.keys }, async ({ get }) => {
      expect((await get(`/?token=${await issuer.sign({ sub: 'a' })}`)).status).toBe(200);
      expect((await get('/', { headers: { authorization: await issuer.sign({ sub: 'a' }) } })).status).toBe(401);
    });
  });

  it('answers OPTIONS on a protected $default with 401, which AWS does too', async () => {
    expect((await api.get('/', { method: 'OPTIONS' })).status).toBe(401);
  });

  it('fetches the keys of an issuer that it has none of', async () => {
    let remote: Issuer | undefined;
    const server = createServer((request, response) => {
      const document = remote?.document(request.url ?? '');
      response.writeHead(document ? 200 : 404).end(JSON.stringify(document));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/pool`;
    remote = await createIssuer({ issuer: url, audience: 'shop' });
    const token = await remote.sign({ sub: 'a' });
    await withApi({ route: protect, authorizers: [anAuthorizer({}, url)] }, async ({ get }) => {
      expect((await get('/', { headers: { authorization: token } })).status).toBe(200);
    });
    server.closeAllConnections();
    server.close();
  });
});
