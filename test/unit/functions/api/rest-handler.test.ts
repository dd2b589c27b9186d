import '#test/support/lambda-environment.ts';
import { describe, expect, it } from '@jest/globals';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { jsonResponse } from '#functions/api/rest/http-handler.ts';
import { restHandler } from '#functions/api/rest/rest-handler.ts';
import { Problem } from '#schema/http/problem.ts';
import { aContext, outputOfEachTest } from '#test/support/lambda-invocation.ts';
import { gateway, routes } from './rest-handler-setup.ts';

const output = outputOfEachTest();

const handler = restHandler(routes);

const requestId = 'JKJaXmPLvHcESHA=';

/** As the gateway hands it on. */
function anEvent(method: string, rawPath: string): APIGatewayProxyEventV2 {
  const { routeKey = '$default', pathParameters } = gateway(method, rawPath) ?? {};
  const event = { routeKey, pathParameters, rawPath, rawQueryString: '', headers: {} };
  return { ...event, requestContext: { requestId, http: { method } } } as unknown as APIGatewayProxyEventV2;
}

async function call(method: string, path: string) {
  const { statusCode, headers = {}, body } = await handler(anEvent(method, path), aContext());
  return { statusCode, headers, body: body === undefined ? undefined : JSON.parse(body) };
}

describe('restHandler', () => {
  it.each([
    ['GET', '/things/7'],
    ['DELETE', '/things/7'],
    ['GET', '/pages'],
  ])('refuses a body to %s %s, whose route reads none, before it runs', async (method, path) => {
    const { statusCode, body } = await handler({ ...anEvent(method, path), body: '{}' }, aContext());
    expect(statusCode).toBe(400);
    expect(JSON.parse(body ?? '')).toMatchObject({ field: 'body', detail: 'This route reads no body: send none' });
  });

  it('finds the route and names the request', async () => {
    const { statusCode, headers, body } = await call('GET', '/things/7');
    expect([statusCode, body]).toEqual([200, { id: '7' }]);
    expect(headers['x-request-id']).toBe(requestId);
  });

  it.each([
    ['/things/7', 200, 'application/json'],
    ['/things', 404, 'application/problem+json'],
    ['/things/7/8', 404, 'application/problem+json'],
  ])('answers HEAD %s as GET, without a body', async (path, status, type) => {
    const [head, get] = [await call('HEAD', path), await call('GET', path)];
    expect([head.statusCode, head.headers['content-type'], head.body]).toEqual([status, type, undefined]);
    expect([get.statusCode, get.headers['content-type']]).toEqual([status, type]);
  });

  it('answers HEAD with 405 where there is no GET', async () => {
    const posting = restHandler({ 'POST /orders': { operation: 'order', run: async () => jsonResponse(200, {}) } });
    const event = { routeKey: 'ANY /orders', rawPath: '/orders', requestContext: { http: { method: 'HEAD' } } };
    const { statusCode, headers, body } = await posting(event as APIGatewayProxyEventV2, aContext());
    expect([statusCode, headers?.allow, body]).toEqual([405, 'POST', undefined]);
  });

  it('answers with the error and the field’s name, and counts it by operation', async () => {
    const { statusCode, headers, body } = await call('POST', '/things');
    expect(statusCode).toBe(400);
    expect(headers).toEqual({ 'content-type': 'application/problem+json', 'x-request-id': requestId });
    expect(body).toEqual({
      type: 'about:blank',
      title: 'Invalid request',
      status: 400,
      detail: 'Field "a" is missing',
      field: 'a',
    });
    expect(output.linesWith('InvalidBookingRequest')[0]).toMatchObject({
      operation: 'createThing',
      service: 'booking',
    });
  });

  it.each([
    ['GET', '/things/7', 'x=1', 'x'],
    ['HEAD', '/things/7', 'x=1', 'x'],
    ['DELETE', '/things/7', 'keep=hotel', 'keep'],
    ['POST', '/things', 'runType=failHotel', 'runType'],
    ['GET', '/pages', 'limit=5&sort=up', 'sort'],
    ['GET', '/things/7', 'constructor=1', 'constructor'],
  ])('refuses %s %s?%s, whose route does not read %s, before it runs', async (method, path, query, field) => {
    const { statusCode, body } = await handler({ ...anEvent(method, path), rawQueryString: query }, aContext());
    expect(statusCode).toBe(400);
    if (method === 'HEAD') return;
    expect(JSON.parse(body ?? '')).toMatchObject({ field, detail: expect.stringContaining(`"${field}"`) });
    expect(output.linesWith('InvalidBookingRequest')).toHaveLength(1);
  });

  it('hands a route the query parameters that it reads', async () => {
    const { body } = await handler({ ...anEvent('GET', '/pages'), rawQueryString: 'limit=5' }, aContext());
    expect(JSON.parse(body ?? '')).toEqual({ limit: '5' });
  });

  it('does not count a missing booking', async () => {
    expect((await call('GET', '/things')).statusCode).toBe(404);
    expect(output.metricNames()).not.toContain('InvalidBookingRequest');
  });

  it('hides every other error, under the id that the log has it with', async () => {
    const { statusCode, body } = await call('DELETE', '/things/7');
    expect(statusCode).toBe(500);
    expect(body).toEqual({
      type: 'about:blank',
      title: 'Internal server error',
      status: 500,
      requestId,
    });
    expect(Problem.safeParse(body).success).toBe(true);
    expect(JSON.stringify(output.logs())).toContain('secret table');
    expect(output.logs()).toEqual([
      expect.objectContaining({ correlation_id: requestId, route: 'DELETE /things/{id}', trip_id: '7' }),
    ]);
  });

  it('given a quota of AWS that is used up, then it is 503 with the time to wait, and the log has why', async () => {
    const { statusCode, headers, body } = await call('PATCH', '/things/7');
    expect([statusCode, headers['retry-after']]).toEqual([503, '5']);
    expect(body).toEqual({
      type: 'about:blank',
      title: 'Service busy',
      status: 503,
      detail: 'The service is busy: repeat the request as it was in a few seconds',
    });
    expect(Problem.safeParse(body).success).toBe(true);
    expect(JSON.stringify(output.logs())).toContain('arn:secret');
    expect(output.metricNames()).not.toContain('InvalidBookingRequest');
  });

  it.each([
    ['PUT', '/things/7', 405, 'GET, HEAD, DELETE, PATCH'],
    ['TRACE', '/things', 405, 'POST, GET, HEAD'],
    ['OPTIONS', '/things', 204, 'POST, GET, HEAD'],
    ['HEAD', '/things//parts', 404, undefined],
    ['HEAD', '/things/', 404, undefined],
    ['GET', '/things/7/8', 404, undefined],
    ['OPTIONS', '/other', 404, undefined],
    ['GET', '/things/', 404, undefined],
    ['GET', '/things//parts', 404, undefined],
    ['OPTIONS', '/things//parts', 404, undefined],
    ['DELETE', '/things/7/parts', 405, 'GET, HEAD'],
  ])('answers %s %s with %s and allows %s', async (method, path, status, allow) => {
    const { statusCode, headers } = await call(method, path);
    expect([statusCode, headers.allow]).toEqual([status, allow]);
  });
});

it('never runs a route for a request that the gateway sent to a 405 route, which has no authorizer', async () => {
  for (const [method, path] of [
    ['GET', '/things/7'],
    ['GET', '/things//parts'],
    ['DELETE', '/things/7'],
    ['POST', '/things'],
    ['HEAD', '/things/7'],
  ] as const) {
    const event = { ...anEvent(method, path), routeKey: 'ANY /things/{proxy+}', pathParameters: { proxy: 'x' } };
    expect((await handler(event, aContext())).statusCode).toBe(404);
  }
});
