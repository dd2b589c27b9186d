import '#test/support/lambda-environment.ts';
import { SFNClient } from '@aws-sdk/client-sfn';
import { describe, expect, it, jest } from '@jest/globals';
import { DocumentClient } from '#functions/shared/aws/document-client.ts';
import { Problem } from '#schema/http/problem.ts';
import { aContext } from '#test/support/lambda-invocation.ts';
import { aRequest, bodyOf, output, requestId } from './http-handler-setup.ts';

const { handler: startBooking } = await import('#functions/api/start-booking.ts');

describe('the demo route', () => {
  const sendTo = (saga: () => Promise<unknown>) => ({
    table: jest.spyOn(DocumentClient.prototype, 'send').mockImplementation(async () => ({})),
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

  it('names what looks like parameters in the path, and an idempotency key, and ignores them', async () => {
    sendTo(async () => ({ executionArn: 'arn:execution' }));
    const headers = { 'idempotency-key': 'k' };
    const response = await startBooking({ ...aRequest({}, 'GET', '/trip;b/c=1/d;e=2'), headers }, aContext());
    expect(bodyOf(response)).toMatchObject({ ignored: ['b', 'c', 'e', 'Idempotency-Key'] });
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

  it.each([
    ['a JSON body', '/', { body: '{"runType":"failPayment"}' }, 'body'],
    ['a form', '/', { body: 'runType=failPayment', isBase64Encoded: false }, 'body'],
    ['a matrix parameter', '/trip/;runType=failPayment', {}, '"runType"'],
    ['an encoded one', '/trip%253BrunType=failPayment', {}, '"runType"'],
    ['a segment of that form', '/runType=failPayment', {}, '"runType"'],
    ['an encoded query string', '/%3FrunType=failPayment', {}, '"runType"'],
    ['what is behind no question mark', '/trip&tripId=7', {}, '"tripId"'],
    ['what is behind a hash', '/%23runType=failPayment', {}, '"runType"'],
  ])('refuses %s, which it would not read, and starts nothing', async (_, path, parts, named) => {
    const sent = sendTo(async () => ({ executionArn: 'arn:execution' }));
    const response = await startBooking({ ...aRequest({ tripID: 'trip-1' }, 'POST', path), ...parts }, aContext());
    expect(response.statusCode).toBe(400);
    expect(bodyOf(response)).toEqual({ message: expect.stringContaining(named) });
    expect([sent.table, sent.saga].map((spy) => spy.mock.calls.length)).toEqual([0, 0]);
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
