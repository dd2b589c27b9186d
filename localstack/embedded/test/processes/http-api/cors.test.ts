import { describe, expect, it } from '@jest/globals';
import { withApi } from './fixture.ts';

const cors = {
  allow_origins: ['https://shop.example', 'http://localhost:5173'],
  allow_methods: ['GET', 'POST'],
  allow_headers: ['content-type', 'authorization'],
  expose_headers: ['x-request-id'],
  max_age: 600,
};
const api = { cors_configuration: cors };
const preflight = {
  origin: 'https://shop.example',
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'content-type',
};

function corsHeaders(response: Response): Record<string, string> {
  return Object.fromEntries([...response.headers].filter(([name]) => name.startsWith('access-control-')));
}

describe('CORS by the API configuration', () => {
  it('answers a preflight that no route takes, without the function', async () => {
    await withApi({ api, routeKeys: ['POST /parcels'] }, async ({ get, events }) => {
      const response = await get('/parcels', { method: 'OPTIONS', headers: preflight });
      expect(response.status).toBe(204);
      expect(corsHeaders(response)).toEqual({
        'access-control-allow-origin': 'https://shop.example',
        'access-control-allow-methods': 'GET,POST',
        'access-control-allow-headers': 'content-type,authorization',
        'access-control-max-age': '600',
      });
      expect(events).toEqual([]);
    });
  });

  it.each([
    ['origin', { ...preflight, origin: 'https://evil.example' }],
    ['method', { ...preflight, 'access-control-request-method': 'DELETE' }],
    ['header', { ...preflight, 'access-control-request-headers': 'x-other' }],
  ])('allows nothing for an unknown %s', async (_what, headers) => {
    await withApi({ api, routeKeys: ['POST /parcels'] }, async ({ get }) => {
      const response = await get('/parcels', { method: 'OPTIONS', headers });
      expect(response.status).toBe(204);
      expect(corsHeaders(response)).toEqual({});
    });
  });

  it('lets a route that takes OPTIONS answer the preflight, as AWS does, with the gateway headers', async () => {
    await withApi({ api, routeKeys: ['$default'] }, async ({ get, events }) => {
      const response = await get('/', { method: 'OPTIONS', headers: preflight });
      expect(response.status).toBe(200);
      expect(response.headers.get('access-control-allow-methods')).toBe('GET,POST');
      expect(events).toHaveLength(1);
    });
  });

  it('replaces the function headers, also on errors', async () => {
    const own = { 'Access-Control-Allow-Origin': '*', 'access-control-allow-methods': 'PUT', 'x-own': '1' };
    const invoke = async () => ({ payload: { statusCode: 200, headers: own } });
    await withApi({ api, routeKeys: ['GET /'], invoke }, async ({ get }) => {
      const allowed = await get('/', { headers: { origin: 'http://localhost:5173' } });
      expect(allowed.headers.get('x-own')).toBe('1');
      expect(corsHeaders(allowed)).toEqual({
        'access-control-allow-origin': 'http://localhost:5173',
        'access-control-expose-headers': 'x-request-id',
      });
      expect(corsHeaders(await get('/'))).toEqual({});
      const missing = await get('/missing', { headers: { origin: 'https://shop.example' } });
      expect(missing.status).toBe(404);
      expect(missing.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    });
  });

  it('knows wildcards and credentials', async () => {
    const any = { cors_configuration: { allow_origins: ['*'], allow_methods: ['*'], allow_headers: ['*'] } };
    await withApi({ api: any, routeKeys: ['GET /'] }, async ({ get }) => {
      const response = await get('/x', { method: 'OPTIONS', headers: preflight });
      expect(corsHeaders(response)).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-allow-headers': '*',
      });
    });
    const secure = { cors_configuration: { allow_origins: ['https://*'], allow_credentials: true } };
    await withApi({ api: secure }, async ({ get }) => {
      const answer = corsHeaders(await get('/', { headers: { origin: 'https://any.example' } }));
      expect(answer).toEqual({
        'access-control-allow-origin': 'https://any.example',
        'access-control-allow-credentials': 'true',
      });
      expect(corsHeaders(await get('/', { headers: { origin: 'http://any.example' } }))).toEqual({});
    });
  });

  it('leaves the function headers alone where the API has no configuration', async () => {
    const invoke = async () => ({ payload: { statusCode: 200, headers: { 'access-control-allow-origin': 'x' } } });
    await withApi({ invoke }, async ({ get }) => {
      expect(corsHeaders(await get('/', { headers: { origin: 'y' } }))).toEqual({ 'access-control-allow-origin': 'x' });
    });
  });
});
