import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { AwsError, OUTSIDE } from '#embedded/types.ts';
import { anEndpoint, json } from './endpoint-setup.ts';
import { fakeService } from './fake-service.ts';

const scope = (service: string, key = 'AKID') => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${key}/20240101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});

const form = (service: string) => ({
  headers: scope(service),
  body: new URLSearchParams({ Action: 'ListThings', Version: '2012-11-05' }),
});

describe('whom a request is for', () => {
  it.each<[string, string, object, RequestInit & { path?: string }]>([
    ['credential scope', 'events', scope('events'), { headers: json('Whatever.PutEvents') }],
    ['X-Amz-Target', 'states', {}, { headers: json('AWSStepFunctions.StartExecution') }],
    [
      'API version in the form',
      'sns',
      {},
      { body: new URLSearchParams({ Action: 'ListTopics', Version: '2010-03-31' }) },
    ],
    ['API version in the query', 'sts', {}, { method: 'GET', path: '/?Action=GetCallerIdentity&Version=2011-06-15' }],
    ['path', 'lambda', {}, { path: '/2015-03-31/functions/f/invocations' }],
    [
      'presigned query',
      'sns',
      {},
      { method: 'GET', path: '/?Action=X&X-Amz-Credential=AKID%2F20240101%2Fus-east-1%2Fsns%2Faws4_request' },
    ],
  ])('is told by the %s', async (_how, service, headers, { path = '/', ...init }) => {
    const services = Object.fromEntries(
      ['events', 'states', 'sns', 'sts', 'lambda'].map((name) => [name, fakeService()]),
    );
    const { url } = await anEndpoint({ services });

    await fetch(url + path, { method: 'POST', ...init, headers: { ...headers, ...init.headers } });

    expect(Object.keys(services).filter((name) => services[name]?.calls.length)).toEqual([service]);
  });

  it('gives the access key of header or query to callerOf', async () => {
    const keys: unknown[] = [];
    const callerOf = (key: string | undefined) => {
      keys.push(key);
      return OUTSIDE;
    };
    const { url } = await anEndpoint({ services: { sns: fakeService() }, callerOf });

    await fetch(`${url}/?Action=ListTopics`, { headers: scope('sns', 'HEADERKEY') });
    await fetch(`${url}/?Action=X&X-Amz-Credential=QUERYKEY%2F20240101%2Fus-east-1%2Fsns%2Faws4_request`);
    await fetch(`${url}/?Action=ListTopics&Version=2010-03-31`);

    expect(keys).toEqual(['HEADERKEY', 'QUERYKEY', undefined]);
  });

  it('has no icon for the browsers that its pages are open in', async () => {
    const { url } = await anEndpoint({ services: { sqs: fakeService() } });
    const response = await fetch(`${url}/favicon.ico`);
    expect([response.status, await response.text()]).toEqual([204, '']);
  });

  it.each<[string, RequestInit & { path?: string }, string]>([
    ['a query service that is not here', form('ec2'), 'The local cloud has no service "ec2"; served are sqs.'],
    ['a REST service', { headers: scope('xray'), path: '/ServiceGraph' }, 'The local cloud has no service "xray"'],
    ['S3', { headers: scope('s3') }, 'The local cloud has no service "s3"'],
    ['an inherited name', { headers: scope('constructor') }, 'no service "constructor"'],
    [
      'an unsigned request',
      { headers: json('Cognito.InitiateAuth') },
      'No service of the local cloud has Cognito.Initi',
    ],
    ['no AWS request at all', {}, 'The request names no AWS service'],
    ['a client of old', form('sqs'), 'The local cloud speaks AWS JSON with sqs: use a newer client.'],
  ])('refuses %s at once and in words', async (_what, { path = '/', ...init }, message) => {
    const sqs = fakeService();
    const { url } = await anEndpoint({ services: { sqs } });

    const response = await fetch(url + path, { method: 'POST', ...init });

    // Clients try a status from 500 on again.
    expect(response.status).toBe(400);
    expect((await response.text()).replaceAll('&quot;', '"').replaceAll('\\"', '"')).toContain(message);
    expect(sqs.calls).toEqual([]);
  });
});

describe('errors', () => {
  it('hides faults of the cloud from the client, and logs them with the request id', async () => {
    const log: string[] = [];
    const sqs = fakeService(() => {
      throw new TypeError('secret detail');
    });
    const { url } = await anEndpoint({ services: { sqs }, logFault: (text) => log.push(text) });

    const response = await fetch(url, { method: 'POST', headers: json('AmazonSQS.SendMessage') });
    const requestId = response.headers.get('x-amzn-requestid') ?? 'none';

    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
      __type: 'com.amazonaws.sqs#InternalFailure',
      message: expect.stringContaining(requestId),
    });
    expect(log).toEqual([
      expect.stringMatching(new RegExp(`request ${requestId}\\)\nTypeError: secret detail\n    at `)),
    ]);
  });

  it('names an SQS error as its old protocol did, too', async () => {
    const sqs = fakeService(() => {
      throw new AwsError('QueueDoesNotExist', 'none');
    });
    const { url } = await anEndpoint({ services: { sqs } });

    const { headers } = await fetch(url, { method: 'POST', headers: json('AmazonSQS.SendMessage') });

    expect(headers.get('x-amzn-errortype')).toBe('QueueDoesNotExist');
    expect(headers.get('x-amzn-query-error')).toBe('AWS.SimpleQueueService.NonExistentQueue;Sender');
  });

  it.each(['{', '[]', 'null', '"text"'])('refuses %s as a JSON request', async (body) => {
    const { url } = await anEndpoint({ services: { sqs: fakeService() } });

    const response = await fetch(url, { method: 'POST', headers: json('AmazonSQS.SendMessage'), body });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: 'com.amazonaws.sqs#SerializationException' });
  });

  it('refuses a body over the limit and goes on serving', async () => {
    const sqs = fakeService();
    const { url } = await anEndpoint({ services: { sqs } });
    const post = (body: Buffer | string, headers = {}) =>
      fetch(url, { method: 'POST', headers: { ...json('AmazonSQS.SendMessage'), ...headers }, body });
    const bomb = gzipSync(Buffer.alloc(21 * 1024 * 1024));

    const large = await post(Buffer.alloc(21 * 1024 * 1024, ' '));
    const bombed = await post(bomb, { 'content-encoding': 'gzip' });

    expect([large.status, await large.json()]).toEqual([
      413,
      { __type: 'RequestEntityTooLargeException', message: 'The request is larger than 20971520 bytes' },
    ]);
    expect(bombed.status).toBe(413);
    expect(sqs.calls).toEqual([]);
    expect((await post(gzipSync('{"MessageBody":"ü"}'), { 'content-encoding': 'gzip' })).status).toBe(200);
    expect(sqs.calls[0]?.input).toEqual({ MessageBody: 'ü' });
  });
});

it('a path that is malformed is no fault of the cloud', async () => {
  const { url } = await anEndpoint({ services: { lambda: fakeService() } });

  const response = await fetch(`${url}/2015-03-31/functions/%zz`, { headers: scope('lambda') });

  expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([400, 'SerializationException']);
});
