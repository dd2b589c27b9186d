import '#test/support/lambda-environment.ts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { createRoutes } from '#embedded/testing.ts';
import { jsonResponse } from '#functions/api/rest/http-handler.ts';
import { RequestError } from '#functions/api/rest/problem.ts';
import { readBody, readHeader, readQuery } from '#functions/api/rest/read-request.ts';
import { type RestRoutes, restHandler } from '#functions/api/rest/rest-handler.ts';
import { Problem } from '#schema/http/problem.ts';
import { withHead } from '#schema/http/routes.ts';
import { aContext, captureLambdaOutput, type LambdaOutput } from '#test/support/lambda-invocation.ts';

let output: LambdaOutput;
beforeEach(() => {
  output = captureLambdaOutput();
});
afterEach(() => output.restore());

const routes: RestRoutes = {
  'GET /things/{id}': { operation: 'getThing', run: async ({ parameters }) => jsonResponse(200, parameters) },
  'DELETE /things/{id}': { operation: 'deleteThing', run: () => Promise.reject(new Error('secret table')) },
  'POST /things': {
    operation: 'createThing',
    run: () => Promise.reject(new RequestError(400, 'Invalid request', 'Field "a" is missing', 'a')),
  },
  'GET /things': { operation: 'listThings', run: () => Promise.reject(new RequestError(404, 'Not found', 'none')) },
  'PATCH /things/{id}': {
    operation: 'changeThing',
    run: () =>
      Promise.reject(Object.assign(new Error('Rate exceeded for arn:secret'), { name: 'ThrottlingException' })),
  },
  'GET /things/{id}/parts': { operation: 'getParts', run: async ({ parameters }) => jsonResponse(200, parameters) },
};
const handler = restHandler(routes);
const gateway = createRoutes(
  [...withHead(Object.keys(routes)), 'ANY /things', 'ANY /things/{proxy+}'].map((routeKey) => ({
    routeKey,
    route: routeKey,
  })),
);

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

  it('tells a client what is wrong, names the field, and counts it by operation', async () => {
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

  it('does not count what is merely not there', async () => {
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

it('never runs a route for what the gateway sent to a guard, which has no authorizer', async () => {
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

const refusalOf = (read: () => unknown) => {
  try {
    return { accepted: read() };
  } catch (error) {
    const { status, field } = error as RequestError;
    return { status, field };
  }
};

describe('readBody', () => {
  const schema = z.strictObject({ a: z.string(), b: z.optional(z.strictObject({ c: z.number() })) });
  const read = (body: string | undefined, contentType: string | undefined = 'application/json', base64 = false) =>
    refusalOf(() =>
      readBody(
        {
          headers: contentType === undefined ? {} : { 'content-type': contentType },
          body,
          isBase64Encoded: base64,
        } as unknown as APIGatewayProxyEventV2,
        schema,
      ),
    );

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON ;charset=UTF-8'])(
    'takes %s',
    (contentType) => {
      expect(read('{"a":"x"}', contentType)).toEqual({ accepted: { a: 'x' } });
    },
  );

  it('takes what the gateway handed on as base64', () => {
    expect(read(Buffer.from('{"a":"é"}').toString('base64'), 'application/json', true)).toEqual({
      accepted: { a: 'é' },
    });
  });

  it.each([
    ['{"a":1}', 'a'],
    ['{}', 'a'],
    ['{"a":"x","d":1}', 'd'],
    ['{"a":"x","b":{"c":"1"}}', 'b.c'],
    ['{"a":"x","b":{"c":1,"e":2}}', 'b.e'],
    ['null', 'body'],
    ['[]', 'body'],
    ['{"a":"x","__proto__":{"c":1}}', '__proto__'],
  ])('refuses %s and names %s', (body, field) => {
    expect(read(body)).toEqual({ status: 400, field });
  });

  it.each([undefined, '', '{', '\u0000'])('refuses %j as no JSON', (body) => {
    expect(read(body)).toEqual({ status: 400, field: undefined });
  });

  it.each([undefined, 'text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])(
    'refuses the content type %s',
    (contentType) => {
      const headers = contentType === undefined ? {} : { 'content-type': contentType };
      const event = { headers, body: '{"a":"x"}', isBase64Encoded: false } as unknown as APIGatewayProxyEventV2;
      expect(refusalOf(() => readBody(event, schema))).toEqual({ status: 415, field: 'Content-Type' });
    },
  );

  it('counts bytes, not characters', () => {
    expect(read(JSON.stringify({ a: 'x'.repeat(32_000) }))).toHaveProperty('accepted');
    expect(read(JSON.stringify({ a: 'é'.repeat(32_000) }))).toMatchObject({ status: 413 });
  });

  it('takes or refuses whatever comes, and never breaks', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string({ unit: 'binary' })), (body) => {
        const result = read(body);
        expect('accepted' in result || result.status === 400).toBe(true);
      }),
    );
  });
});

describe('readQuery', () => {
  const schema = z.strictObject({ a: z.optional(z.string()), b: z.optional(z.enum(['x', 'y'])) });
  const read = (rawQueryString: string) => refusalOf(() => readQuery({ rawQueryString }, schema));

  it.each([
    ['', {}],
    ['a=1&b=x', { a: '1', b: 'x' }],
    ['a=%C3%A9+%2B', { a: 'é +' }],
    ['a', { a: '' }],
    ['&&a==', { a: '=' }],
  ])('reads %j', (query, accepted) => {
    expect(read(query)).toEqual({ accepted });
  });

  it.each([
    ['a=1&a=2', 'a'],
    ['b=z', 'b'],
    ['c=1', 'c'],
    ['__proto__=1', '__proto__'],
    ['toString=1', 'toString'],
    ['a=%', undefined],
    ['%ff=1', undefined],
  ])('refuses %j and names %s', (query, field) => {
    expect(read(query)).toEqual({ status: 400, field });
  });

  it('takes or refuses whatever comes, and never breaks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (query) => {
        const result = read(query);
        expect('accepted' in result || result.status === 400).toBe(true);
      }),
    );
  });
});

it('readHeader takes a header by any case, none as none, and names a wrong one', () => {
  const schema = z.string().check(z.regex(/^[a-z]+$/));
  const read = (headers: Record<string, string>) => refusalOf(() => readHeader({ headers }, 'X-Key', schema));
  expect(read({ 'x-key': 'abc' })).toEqual({ accepted: 'abc' });
  expect(read({})).toEqual({ accepted: undefined });
  expect(read({ 'x-key': 'A' })).toEqual({ status: 400, field: 'X-Key' });
});
