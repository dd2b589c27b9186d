import { describe, expect, it } from '@jest/globals';
import { httpRoutes } from '#schema/http/routes.ts';
import document from '#schema/openapi.json' with { type: 'json' };
import { api } from '#test/support/e2e/api.ts';
import { expectProblem } from './bookings-api.ts';
import { alice, target } from './three-customers.ts';

describe('the paths of the API', () => {
  it.each([
    ['PUT', '/bookings', 'POST, GET, HEAD'],
    ['PATCH', '/bookings/x', 'GET, HEAD, DELETE'],
    ['POST', '/bookings/x/history', 'GET, HEAD'],
    ['POST', '/health', 'GET, HEAD'],
    ['DELETE', '/openapi.json', 'GET, HEAD'],
  ])('given %s %s, then 405 says what they take, and no demo trip is started', async (method, path, allow) => {
    const answer = await api(target, alice, path, { method });
    expectProblem(answer, { status: 405 });
    expect(answer.headers.get('allow')).toBe(allow);
  });

  it.each(['/bookings/a/b', '/bookings/a/history/b'])('given %s, then there is nothing', async (path) => {
    const { status } = await api(target, alice, path);
    expect(status).toBe(404);
  });

  it.each(['/bookings', '/bookings/x', '/bookings/x/history'])('given no token, then %s answers 401', async (path) => {
    expect((await api(target, undefined, path)).status).toBe(401);
  });

  const own = Object.values(httpRoutes).flatMap(({ routes }) => routes.filter((routeKey) => routeKey !== '$default'));
  it.each(own)('given %s with a query parameter that it does not read, then it is refused', async (routeKey) => {
    const [method = '', path = ''] = routeKey.split(' ');
    const { status, body } = await api(target, alice, `${path.replace('{id}', 'x')}?unheard=1`, { method });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain('unheard');
  });

  it('given no token, then the committed document is served', async () => {
    const answer = await api(target, undefined, '/openapi.json');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(answer.body).toEqual(document);
  });
});

it('every answer names the request', async () => {
  const answers = [await api(target, alice, '/bookings'), await api(target, alice, '/bookings/no-such')];
  const ids = answers.map(({ headers }) => headers.get('x-request-id'));
  expect(ids).toEqual([expect.stringMatching(/^[\w+/=-]{10,}$/), expect.stringMatching(/^[\w+/=-]{10,}$/)]);
  expect(new Set(ids).size).toBe(2);
});
