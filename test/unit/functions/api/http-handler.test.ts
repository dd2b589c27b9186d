import '#test/support/lambda-environment.ts';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { httpHandler, jsonResponse } from '#functions/api/rest/http-handler.ts';
import { Problem } from '#schema/http/problem.ts';
import { aContext, captureLambdaOutput, type LambdaOutput } from '#test/support/lambda-invocation.ts';

process.env.STATE_MACHINE_ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:saga';
const { handler: startBooking } = await import('#functions/api/start-booking.ts');
const { handler: health } = await import('#functions/api/health.ts');

const requestId = 'JKJaXmPLvHcESHA=';
const aRequest = (
  queryStringParameters?: Record<string, string>,
  method = 'GET',
  rawPath = '/',
): APIGatewayProxyEventV2 =>
  ({
    rawPath,
    headers: {},
    queryStringParameters,
    routeKey: '$default',
    requestContext: { requestId, http: { method } },
  }) as unknown as APIGatewayProxyEventV2;

let output: LambdaOutput;
beforeEach(() => {
  output = captureLambdaOutput();
});
afterEach(() => {
  output.restore();
  jest.restoreAllMocks();
});

const bodyOf = ({ body }: { body?: string | undefined }): unknown => JSON.parse(body ?? '');

describe('an HTTP handler', () => {
  it('answers JSON', async () => {
    const handler = httpHandler(async () => jsonResponse(201, { a: 1 }), { serverErrorMessage: 'sorry' });
    await expect(handler(aRequest(), aContext())).resolves.toEqual({
      statusCode: 201,
      headers: { 'content-type': 'application/json', 'x-request-id': requestId },
      body: '{"a":1}',
    });
  });

  it('tells nothing of an error but a fixed text and the id of the request, under which the log has it', async () => {
    const handler = httpHandler(() => Promise.reject(new Error('secret table name')), { serverErrorMessage: 'sorry' });
    const context = aContext();
    const response = await handler(aRequest(), context);
    expect(response.statusCode).toBe(500);
    expect(response.headers).toMatchObject({ 'x-request-id': requestId });
    expect(bodyOf(response)).toEqual({ message: 'sorry', requestId });
    const [logged] = output.logs();
    expect(logged).toMatchObject({
      level: 'ERROR',
      correlation_id: requestId,
      function_request_id: context.awsRequestId,
      route: '$default',
    });
    expect(JSON.stringify(logged)).toContain('secret table name');
  });

  it.each([
    ['succeeds', async () => jsonResponse(200, { a: 1 }), 200],
    ['fails', () => Promise.reject(new Error('down')), 500],
  ])('answers HEAD without a body where it %s', async (_, run, status) => {
    const response = await httpHandler(run, { serverErrorMessage: 'sorry' })(aRequest({}, 'HEAD'), aContext());
    expect(response).toEqual({
      statusCode: status,
      headers: { 'content-type': 'application/json', 'x-request-id': expect.any(String) },
    });
  });

  it('leaves an answer that is kept for every request as it is', async () => {
    const served = jsonResponse(200, { a: 1 });
    const handler = httpHandler(async () => served, { serverErrorMessage: 'sorry' });
    await handler(aRequest({}, 'HEAD'), aContext());
    expect((await handler(aRequest(), aContext())).body).toBe('{"a":1}');
    expect(served.headers).not.toHaveProperty('x-request-id');
  });

  it('logs with the booking that the path names, and forgets it for the next request', async () => {
    const handler = httpHandler(() => Promise.reject(new Error('down')), { serverErrorMessage: 'sorry' });
    const routeKey = 'GET /bookings/{id}';
    await handler({ ...aRequest(), routeKey, pathParameters: { id: 'trip-1' } }, aContext());
    await handler({ ...aRequest(), routeKey: 'GET /bookings' }, aContext());
    const [first, second] = output.logs();
    expect(first).toMatchObject({ route: routeKey, trip_id: 'trip-1' });
    expect(second).toMatchObject({ route: 'GET /bookings' });
    expect(second).not.toHaveProperty('trip_id');
  });

  it('takes the id of the invocation where there is no gateway', async () => {
    const handler = httpHandler(async () => jsonResponse(200, {}), { serverErrorMessage: 'sorry' });
    const context = aContext();
    const event = { ...aRequest(), requestContext: { http: { method: 'GET' } } } as never;
    expect((await handler(event, context)).headers).toMatchObject({ 'x-request-id': context.awsRequestId });
  });

  it('logs nothing where nothing went wrong and nothing was counted', async () => {
    const handler = httpHandler(async () => jsonResponse(200, {}), { serverErrorMessage: 'sorry' });
    await handler(aRequest(), aContext());
    expect(output.logs()).toEqual([]);
    expect(output.text()).not.toContain('No application metrics');
  });

  it('sends metrics of a request that fails, too', async () => {
    const { count } = await import('#functions/shared/aws/observability.ts');
    const run = async () => {
      count('FailedReservation');
      throw new Error('down');
    };
    await httpHandler(run, { serverErrorMessage: 'sorry' })(aRequest(), aContext());
    expect(output.metricNames()).toContain('FailedReservation');
  });
});

it('GET /health answers 200', async () => {
  const response = await health({ ...aRequest(), routeKey: 'GET /health', rawPath: '/health' }, aContext());
  expect([response.statusCode, bodyOf(response)]).toEqual([200, { status: 'ok' }]);
});

describe('the demo route', () => {
  const sendTo = (saga: () => Promise<unknown>) => ({
    table: jest.spyOn(DynamoDBDocumentClient.prototype, 'send').mockImplementation(async () => ({})),
    saga: jest.spyOn(SFNClient.prototype, 'send').mockImplementation(saga),
  });

  it('answers with the message of the contract and the execution', async () => {
    const sent = sendTo(async () => ({ executionArn: 'arn:execution' }));
    const response = await startBooking(aRequest({ tripID: 'trip-1' }), aContext());
    expect(response.statusCode).toBe(200);
    expect(bodyOf(response)).toEqual({
      message: 'The holiday booking system is processing your order',
      executionArn: 'arn:execution',
      executionId: expect.stringMatching(/^trip-1\./),
    });
    expect(sent.table).toHaveBeenCalledTimes(1);
  });

  it('logs under the id of the request which execution it starts', async () => {
    sendTo(async () => ({ executionArn: 'arn:execution' }));
    const { executionId } = bodyOf(await startBooking(aRequest({ tripID: 'trip-1' }), aContext())) as {
      executionId: string;
    };
    expect(output.logs()).toEqual([
      expect.objectContaining({
        level: 'INFO',
        correlation_id: requestId,
        route: '$default',
        trip_id: 'trip-1',
        execution_id: executionId,
        execution_name: executionId,
      }),
    ]);
  });

  it("answers a browser's preflight and starts nothing", async () => {
    const sent = sendTo(async () => ({ executionArn: 'arn:execution' }));
    await expect(startBooking(aRequest({ tripID: 'trip-1' }, 'OPTIONS'), aContext())).resolves.toEqual({
      statusCode: 204,
      headers: { 'x-request-id': expect.any(String) },
    });
    expect([sent.table, sent.saga].map((spy) => spy.mock.calls.length)).toEqual([0, 0]);
  });

  it('answers 503 and when to come again where a quota of AWS is used up, with the text of any failure', async () => {
    sendTo(() => Promise.reject(Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' })));
    const response = await startBooking(aRequest({ tripID: 'trip-1' }), aContext());
    expect([response.statusCode, response.headers?.['retry-after']]).toEqual([503, '5']);
    expect(bodyOf(response)).toEqual({ message: 'There was an error', requestId: expect.any(String) });
    expect(JSON.stringify(output.logs())).toContain('Rate exceeded');
  });

  it('names the parameters that it ignores', async () => {
    sendTo(async () => ({ executionArn: 'arn:execution' }));
    const response = await startBooking(aRequest({ tripID: 'trip-1', utm_source: 'mail', verbose: '1' }), aContext());
    expect(bodyOf(response)).toMatchObject({
      message: 'The holiday booking system is processing your order',
      ignored: ['utm_source', 'verbose'],
    });
  });

  it.each([
    ['GET', '/Bookings', 404],
    ['POST', '/graphql/', 404],
    ['DELETE', '//bookings/x', 404],
    ['GET', '/favicon.ico', 404],
    ['TRACE', '/', 405],
    ['TRACE', '/health/', 404],
  ])('answers %s %s with the problem %d, starts nothing and counts nothing', async (method, path, status) => {
    const sent = sendTo(async () => ({ executionArn: 'arn:execution' }));
    const response = await startBooking(aRequest({ tripID: 'trip-1' }, method, path), aContext());
    expect(response.headers).toMatchObject({ 'content-type': 'application/problem+json' });
    expect(Problem.parse(bodyOf(response))).toMatchObject({ status });
    expect(response.statusCode).toBe(status);
    expect([sent.table, sent.saga].map((spy) => spy.mock.calls.length)).toEqual([0, 0]);
    expect(output.metricNames()).not.toContain('InvalidBookingRequest');
  });

  it.each(['POST', 'PATCH', 'PROPFIND'])('books by %s, as by any other method', async (method) => {
    sendTo(async () => ({ executionArn: 'arn:execution' }));
    expect((await startBooking(aRequest({ tripID: 'trip-1' }, method), aContext())).statusCode).toBe(200);
  });

  it('says which path of the API is meant, and which methods it takes', async () => {
    const { detail } = Problem.parse(bodyOf(await startBooking(aRequest({}, 'GET', '/Bookings/7/'), aContext())));
    expect(detail).toContain('/bookings/{id}');
    const { headers } = await startBooking(aRequest({}, 'TRACE'), aContext());
    expect(headers).toMatchObject({ allow: 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS' });
  });

  it.each([
    ['/', undefined, 200],
    ['/any/path', { tripID: 'trip-1' }, 200],
    ['/Health', undefined, 404],
  ])('answers HEAD %s without a body, and starts nothing', async (path, query, status) => {
    const sent = sendTo(async () => ({ executionArn: 'arn:execution' }));
    const response = await startBooking(aRequest(query, 'HEAD', path), aContext());
    expect([response.statusCode, response.body]).toEqual([status, undefined]);
    expect([sent.table, sent.saga].map((spy) => spy.mock.calls.length)).toEqual([0, 0]);
  });

  it.each([{ runType: 'nonsense' }, { tripID: 'a b' }, { runtype: 'failPayment' }, { TripId: 'x' }])(
    'refuses %j with 400, starts nothing and counts it',
    async (query) => {
      const sent = sendTo(async () => ({ executionArn: 'arn:execution' }));
      const response = await startBooking(aRequest(query), aContext());
      expect(response.statusCode).toBe(400);
      expect(bodyOf(response)).toEqual({ message: expect.stringContaining(Object.keys(query)[0] ?? '') });
      expect([sent.table, sent.saga].map((spy) => spy.mock.calls.length)).toEqual([0, 0]);
      expect(output.linesWith('InvalidBookingRequest')[0]).toMatchObject({ operation: 'startBooking' });
    },
  );

  it.each([
    ['fails', () => Promise.reject(new Error('throttled'))],
    ['answers without an execution', () => Promise.resolve({})],
  ])('answers "There was an error" with 500 when Step Functions %s', async (_, saga) => {
    sendTo(saga);
    const response = await startBooking(aRequest(), aContext());
    expect(response.statusCode).toBe(500);
    expect(bodyOf(response)).toMatchObject({ message: 'There was an error' });
  });
});
