import '#test/support/lambda-environment.ts';
import { describe, expect, it } from '@jest/globals';
import { httpHandler, jsonResponse } from '#functions/api/rest/http-handler.ts';
import { aContext } from '#test/support/lambda-invocation.ts';
import { aRequest, bodyOf, health, output, requestId } from './http-handler-setup.ts';

describe('an HTTP handler', () => {
  it('answers JSON', async () => {
    const handler = httpHandler(async () => jsonResponse(201, { a: 1 }), { serverErrorMessage: 'sorry' });
    await expect(handler(aRequest(), aContext())).resolves.toEqual({
      statusCode: 201,
      headers: { 'content-type': 'application/json', 'x-request-id': requestId },
      body: '{"a":1}',
    });
  });

  it('shows only a fixed text for an error, and the request’s id, under which the log has it', async () => {
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
