import '#test/support/lambda-environment.ts';
import { describe, expect, it } from '@jest/globals';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { aContext, outputOfEachTest } from '#test/support/lambda-invocation.ts';
import './answer-setup.ts';

const { handler } = await import('#functions/api/graphql.ts');

describe('the handler', () => {
  const output = outputOfEachTest();

  const anEvent = (overrides: Partial<APIGatewayProxyEventV2> = {}) =>
    ({
      headers: { 'content-type': 'application/json; charset=UTF-8' },
      body: JSON.stringify({ query: '{ __typename }', variables: null, operationName: null }),
      isBase64Encoded: false,
      requestContext: { http: { method: 'POST' }, authorizer: { jwt: { claims: { sub: 'alice' } } } },
      ...overrides,
    }) as unknown as APIGatewayProxyEventV2;
  const answered = async (event: APIGatewayProxyEventV2) => {
    const { statusCode, body } = await handler(event, aContext());
    return [statusCode, JSON.parse(body ?? '')];
  };

  it('answers, also a body in base64', async () => {
    expect(await answered(anEvent())).toEqual([200, { data: { __typename: 'Query' } }]);
    const body = Buffer.from('{"query":"mutation { __typename }"}').toString('base64');
    expect(await answered(anEvent({ body, isBase64Encoded: true }))).toEqual([
      200,
      { data: { __typename: 'Mutation' } },
    ]);
  });

  it('counts malformed requests', async () => {
    const [status, body] = await answered(anEvent({ body: '[' }));
    expect([status, body.errors[0].errorType]).toEqual([400, 'MalformedHttpRequestException']);
    expect(output.dimensionsOf('InvalidBookingRequest')).toContain('operation');
  });

  it('refuses a query parameter, which it would not read', async () => {
    const [status, body] = await answered(anEvent({ rawQueryString: 'operationName=x' }));
    expect([status, body.errors[0].message]).toEqual([
      400,
      'Query parameter "operationName" is not read: send the operation in the body',
    ]);
  });

  it.each([
    ['{"query":"{ __typename }","query":"{ a }"}', 'Field "query" is given twice'],
    [
      '{"query":"{ __typename }","variables":{"input":{"id":"a","id":"b"}}}',
      'Field "variables.input.id" is given twice',
    ],
    [
      '{"query":"{ __typename }","variables":{"input":{"clientMutationId":9007199254740993}}}',
      'Field "variables.input.clientMutationId" has more digits than a number keeps: give fewer, or a text',
    ],
    [
      '{"query":"{ __typename }","operationname":"A"}',
      '"operationname" is unknown here: a request has "query", "variables" and "operationName"',
    ],
  ])('refuses %s', async (body, message) => {
    const [status, { errors }] = await answered(anEvent({ body }));
    expect([status, errors]).toEqual([400, [expect.objectContaining({ message })]]);
  });

  it('refuses an idempotency key in a header, and names the field that takes it', async () => {
    const headers = { ...anEvent().headers, 'idempotency-key': 'k' };
    const [status, { errors }] = await answered(anEvent({ headers }));
    expect([status, errors]).toEqual([
      400,
      [expect.objectContaining({ message: expect.stringContaining('"clientMutationId"') })],
    ]);
  });

  it('leaves what clients say of themselves, and variables that the operation does not declare', async () => {
    const body = JSON.stringify({
      query: '{ __typename }',
      variables: { other: 1 },
      extensions: { clientLibrary: { name: '@apollo/client' } },
    });
    expect(await answered(anEvent({ body }))).toEqual([200, { data: { __typename: 'Query' } }]);
  });

  it('takes nothing but POST', async () => {
    const event = anEvent({ requestContext: { http: { method: 'PUT' } } } as never);
    expect(await handler(event, aContext())).toMatchObject({ statusCode: 405, headers: { allow: 'POST' } });
  });

  it('without an authorizer fails without details', async () => {
    const [status, body] = await answered(anEvent({ requestContext: { http: { method: 'POST' } } } as never));
    expect([status, Object.keys(body)]).toEqual([500, ['message', 'requestId']]);
  });

  it('takes an empty operation name for none', async () => {
    const body = JSON.stringify({ query: 'query Named { __typename }', operationName: '' });
    expect(await answered(anEvent({ body }))).toEqual([200, { data: { __typename: 'Query' } }]);
  });

  it('refuses a token without a subject', async () => {
    const requestContext = { http: { method: 'POST' }, authorizer: { jwt: { claims: { aud: 'front-end' } } } };
    const [status, body] = await answered(anEvent({ requestContext } as never));
    expect(status).toBe(401);
    expect(body).toEqual({
      data: null,
      errors: [
        expect.objectContaining({ errorType: 'UnauthorizedException', message: expect.stringContaining('"sub"') }),
      ],
    });
  });

  it('puts the request’s id into every answer', async () => {
    const requestId = 'JKJaXmPLvHcESHA=';
    for (const event of [
      anEvent({ requestContext: { ...anEvent().requestContext, requestId } }),
      anEvent({ requestContext: { requestId, http: { method: 'PUT' } } as never, body: '[' }),
      anEvent({ requestContext: { requestId, http: { method: 'PUT' } } as never }),
    ]) {
      expect((await handler(event, aContext())).headers).toMatchObject({ 'x-request-id': requestId });
    }
  });

  it('refuses variables without end', async () => {
    let deep: unknown = 1;
    for (let level = 0; level < 200; level += 1) deep = [deep];
    const [status] = await answered(
      anEvent({ body: JSON.stringify({ query: '{ __typename }', variables: { deep } }) }),
    );
    expect(status).toBe(400);
  });
});
