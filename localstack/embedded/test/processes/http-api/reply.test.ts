import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { InvokePort } from '#embedded/http-api/index.ts';
import { AwsError } from '#embedded/types.ts';
import { type ApiFixture, anApi, FUNCTION_ARN, withApi } from './fixture.ts';

describe('the answer to a function result', () => {
  let api: ApiFixture;
  let result: { payload: unknown; functionError?: string } | Error;
  beforeAll(async () => {
    api = await anApi({
      invoke: async () => {
        if (result instanceof Error) throw result;
        return result;
      },
    });
  });
  afterAll(() => api.close());

  async function answerTo(given: typeof result) {
    result = given;
    const response = await api.get('/');
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  it.each([
    [{ message: 'ok' }, '{"message":"ok"}'],
    ['plain text', 'plain text'],
    [[1, 2], '[1,2]'],
    [null, 'null'],
  ])('is a 200 with a bare value %j as its body', async (payload, text) => {
    const answer = await answerTo({ payload });
    expect(answer).toMatchObject({ status: 200, text });
    expect(answer.headers.get('content-type')).toBe('application/json');
  });

  it('has the status, headers, cookies and body of a structured result', async () => {
    const answer = await answerTo({
      payload: {
        statusCode: 201,
        headers: { 'Content-Type': 'text/html', 'X-Count': 3 },
        cookies: ['a=1', 'b=2; Path=/'],
        body: '<p>',
      },
    });
    expect(answer).toMatchObject({ status: 201, text: '<p>' });
    expect(answer.headers.get('content-type')).toBe('text/html');
    expect(answer.headers.get('x-count')).toBe('3');
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2; Path=/']);
  });

  it('leaves framing, connection, date and request id to the gateway, which have no meaning of the function’s own', async () => {
    const headers = {
      'Transfer-Encoding': 'chunked',
      'Content-Length': '1',
      Connection: 'close',
      'Keep-Alive': 'timeout=1',
      Trailer: 'expires',
      Date: 'yesterday',
      'Apigw-Requestid': 'mine',
    };
    const answer = await answerTo({ payload: { statusCode: 200, headers, body: 'whole' } });
    expect(answer).toMatchObject({ status: 200, text: 'whole' });
    expect(Object.fromEntries(answer.headers)).toEqual({
      'apigw-requestid': expect.stringMatching(/^.{16}$/),
      connection: 'keep-alive',
      'content-length': '5',
      'content-type': 'text/plain; charset=utf-8',
      date: expect.stringMatching(/GMT$/),
      'keep-alive': 'timeout=75',
    });
  });

  it('is plain text where a structured result names no type, and empty where it has no body', async () => {
    const answer = await answerTo({ payload: { statusCode: '404' } });
    expect(answer).toMatchObject({ status: 404, text: '' });
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });

  it('decodes a base64 body', async () => {
    const answer = await answerTo({
      payload: { statusCode: 200, isBase64Encoded: true, body: Buffer.from('bytes').toString('base64') },
    });
    expect(answer.text).toBe('bytes');
  });

  it.each([
    ['a function error', { payload: { errorType: 'Error', errorMessage: 'secret' }, functionError: 'Unhandled' }],
    ['a failed call', new Error('secret')],
    ['a status that is no number', { payload: { statusCode: 'soon' } }],
    ['a body that is no text', { payload: { statusCode: 200, body: { a: 1 } } }],
    ['headers that are no record', { payload: { statusCode: 200, headers: ['a'] } }],
    ['a header that is no text', { payload: { statusCode: 200, headers: { a: { b: 1 } } } }],
    ['cookies that are no list', { payload: { statusCode: 200, cookies: 'a=1' } }],
  ])('is a 500 that gives nothing away for %s', async (_what, given) => {
    expect(await answerTo(given)).toMatchObject({ status: 500, text: '{"message":"Internal Server Error"}' });
  });
});

describe('answers of the gateway itself', () => {
  it('404 for no route', async () => {
    await withApi({ routeKeys: ['GET /health'] }, async (api) => {
      const response = await api.get('/other', { method: 'POST', body: 'unread' });
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({ message: 'Not Found' });
      expect(api.events).toEqual([]);
    });
  });

  it('413 for a body over 10 MB, with and without an announced length', async () => {
    await withApi({}, async (api) => {
      const body = Buffer.alloc(10 * 1024 * 1024 + 1, 'x');
      const announced = await api.get('/', { method: 'POST', body });
      expect(announced.status).toBe(413);
      const streamed = await api.get('/', {
        method: 'POST',
        body: new Blob([body]).stream(),
        duplex: 'half',
      } as RequestInit);
      expect(streamed.status).toBe(413);
      expect(api.events).toEqual([]);
    });
  });

  it('413 for what Lambda refuses as too large', async () => {
    const invoke = () => Promise.reject(new AwsError('RequestTooLargeException', 'too large', 413));
    await withApi({ invoke }, async (api) => {
      const response = await api.get('/', { method: 'POST', body: 'x' });
      expect([response.status, await response.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
    });
  });

  it('503 when the function takes longer than the integration may, which it is told in case that it has not begun', async () => {
    const signals: AbortSignal[] = [];
    const never: InvokePort = (_arn, _event, _sourceArn, signal) => {
      signals.push(signal);
      return new Promise<never>(() => {});
    };
    await withApi({ integration: { timeout_milliseconds: 50 }, invoke: never }, async (api) => {
      const response = await api.get('/');
      expect(response.status).toBe(503);
      expect(await response.json()).toEqual({ message: 'Service Unavailable' });
      expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    });
  });
});

describe('starting', () => {
  it('says which port is in use', async () => {
    await withApi({}, async ({ port }) => {
      await expect(anApi({ port })).rejects.toThrow(`Port ${port} is in use`);
    });
  });

  it('refuses a route whose integration or authorization is not served', async () => {
    await expect(anApi({ route: { target: 'integrations/other' } })).rejects.toThrow(/route0.*integrations\/other/);
    await expect(anApi({ route: { authorization_type: 'AWS_IAM' } })).rejects.toThrow(/route0.*AWS_IAM/);
    await expect(anApi({ integration: { payload_format_version: '1.0' } })).rejects.toThrow(/integration.*1\.0/);
  });

  it.each([
    [
      'a changed request',
      { integration: { request_parameters: { 'overwrite:path': '/x' } } },
      'request_parameters is not',
    ],
    [
      'a changed answer',
      { integration: { response_parameters: [{ status_code: '200' }] } },
      'response_parameters is not',
    ],
    ['a role of its own', { integration: { credentials_arn: 'arn:aws:iam::0:role/r' } }, 'credentials_arn is not'],
    ['a time that AWS refuses', { integration: { timeout_milliseconds: 60_000 } }, 'between 50 and 30000, not 60000'],
    ['a quick create', { api: { target: FUNCTION_ARN } }, 'aws_apigatewayv2_api.api1.target is not served'],
    ['an imported definition', { api: { body: '{}' } }, 'aws_apigatewayv2_api.api1.body is not served'],
    ['a stage without a deployment', { stage: { auto_deploy: false } }, 'stage.auto_deploy: only true is served here'],
    ['WebSockets', { api: { protocol_type: 'WEBSOCKET' } }, 'only HTTP is served here, not WEBSOCKET'],
  ])('refuses %s, which it would not do', async (_what, options, message) => {
    await expect(anApi(options)).rejects.toThrow(message);
  });

  it('answers 500 where Lambda refuses the invocation, also for too many at a time', async () => {
    const throttled = new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
    const api = await anApi({ invoke: () => Promise.reject(throttled) });
    const response = await api.get('/');
    await api.close();

    expect([response.status, await response.json()]).toEqual([500, { message: 'Internal Server Error' }]);
  });

  it('takes an invoke ARN as the integration too', async () => {
    const uri =
      'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:web/invocations';
    const called: string[] = [];
    const invoke = async (arn: string) => ({ payload: called.push(arn) });
    await withApi({ integration: { integration_uri: uri }, invoke }, (api) => api.get('/'));
    expect(called).toEqual(['arn:aws:lambda:us-east-1:000000000000:function:web']);
  });
});
