import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createEndpoint, type Endpoint, type EndpointOptions } from '#embedded/endpoint/index.ts';
import { AwsError, OUTSIDE } from '#embedded/types.ts';
import { fakeService } from './fake-service.ts';

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function anEndpoint(options: Partial<EndpointOptions> = {}): Promise<Endpoint> {
  const endpoint = await createEndpoint({ services: {}, callerOf: () => OUTSIDE, port: 0, ...options });
  open.push(endpoint);
  return endpoint;
}

const scope = (service: string, key = 'AKID') => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${key}/20240101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});
const json = (operation: string) => ({ 'x-amz-target': operation, 'content-type': 'application/x-amz-json-1.0' });

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
    ['API version in the query', 'sqs', {}, { method: 'GET', path: '/?Action=ListQueues&Version=2012-11-05' }],
    ['path', 'lambda', {}, { path: '/2015-03-31/functions/f/invocations' }],
    [
      'presigned query',
      'sns',
      {},
      { method: 'GET', path: '/?Action=X&X-Amz-Credential=AKID%2F20240101%2Fus-east-1%2Fsns%2Faws4_request' },
    ],
  ])('is told by the %s', async (_how, service, headers, { path = '/', ...init }) => {
    const services = Object.fromEntries(
      ['events', 'states', 'sns', 'sqs', 'lambda'].map((name) => [name, fakeService()]),
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
    const { url } = await anEndpoint({ services: { sns: fakeService(), sqs: fakeService() }, callerOf });

    await fetch(`${url}/?Action=ListTopics`, { headers: scope('sns', 'HEADERKEY') });
    await fetch(`${url}/?Action=X&X-Amz-Credential=QUERYKEY%2F20240101%2Fus-east-1%2Fsns%2Faws4_request`);
    await fetch(`${url}/?Action=ListQueues&Version=2012-11-05`);

    expect(keys).toEqual(['HEADERKEY', 'QUERYKEY', undefined]);
  });

  it('has no icon for the browsers that its pages are open in', async () => {
    const { url } = await anEndpoint({ services: { sqs: fakeService() } });
    const response = await fetch(`${url}/favicon.ico`);
    expect([response.status, await response.text()]).toEqual([204, '']);
  });

  it.each([
    ['a service that is not here', scope('s3'), 'The embedded cloud has no service "s3"; served are sqs, sts.'],
    ['an inherited name', scope('constructor'), 'no service "constructor"'],
    ['no AWS request at all', {}, 'The request names no AWS service'],
  ])('answers 501 to %s', async (_what, headers, message) => {
    const { url } = await anEndpoint({ services: { sqs: fakeService() } });

    const response = await fetch(url, { headers: headers as Record<string, string> });

    expect(response.status).toBe(501);
    expect((await response.text()).replaceAll('&quot;', '"').replaceAll('\\"', '"')).toContain(message);
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

describe("SQS's query protocol", () => {
  it('has the shapes of the SDK', async () => {
    const sqs = fakeService(() => ({ Successful: [{ Id: 'a', MessageId: 'm' }], Failed: [] }));
    const { url } = await anEndpoint({ services: { sqs } });
    const form = new URLSearchParams({
      Action: 'SendMessageBatch',
      Version: '2012-11-05',
      'SendMessageBatchRequestEntry.1.Id': 'a',
      'SendMessageBatchRequestEntry.1.MessageBody': 'x',
      'SendMessageBatchRequestEntry.1.DelaySeconds': '7',
      'SendMessageBatchRequestEntry.1.MessageAttribute.1.Name': 'k',
      'SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.DataType': 'String',
      'SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.StringValue': 'v',
    });

    const response = await fetch(`${url}/000000000000/q`, { method: 'POST', body: form });

    expect(sqs.calls[0]).toMatchObject({
      operation: 'SendMessageBatch',
      input: {
        QueueUrl: '/000000000000/q',
        Entries: [
          {
            Id: 'a',
            MessageBody: 'x',
            DelaySeconds: 7,
            MessageAttributes: { k: { DataType: 'String', StringValue: 'v' } },
          },
        ],
      },
    });
    expect(await response.text()).toContain(
      '<SendMessageBatchResult><SendMessageBatchResultEntry><Id>a</Id><MessageId>m</MessageId></SendMessageBatchResultEntry></SendMessageBatchResult>',
    );
  });

  it('flattens lists and maps of its answers', async () => {
    const Messages = [
      { MessageId: 'm', Body: '<&>', Attributes: { SentTimestamp: '1' } },
      { MessageId: 'n', Body: 'x' },
    ];
    const { url } = await anEndpoint({ services: { sqs: fakeService(() => ({ Messages })) } });

    const response = await fetch(`${url}/000000000000/q?Action=ReceiveMessage&Version=2012-11-05&AttributeName.1=All`);

    expect(await response.text()).toContain(
      '<ReceiveMessageResult><Message><MessageId>m</MessageId><Body>&lt;&amp;&gt;</Body><Attribute><Name>SentTimestamp</Name><Value>1</Value></Attribute></Message><Message><MessageId>n</MessageId><Body>x</Body></Message></ReceiveMessageResult>',
    );
  });
});

describe('pages of the local cloud', () => {
  it('tell its health and what it serves', async () => {
    const { url } = await anEndpoint({ services: { sqs: fakeService() } });

    const response = await fetch(`${url}/_local/health`);

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'running', services: ['sqs', 'sts'] });
  });

  it('may be added, with a query, as JSON or text', async () => {
    const local = { metrics: async (query: URLSearchParams) => ({ of: query.get('of') }), 'logs/all': () => 'line\n' };
    const { url } = await anEndpoint({ local });

    expect(await (await fetch(`${url}/_local/metrics?of=a%20b`)).json()).toEqual({ of: 'a b' });
    expect(await (await fetch(`${url}/_local/logs/all`)).text()).toBe('line\n');
  });

  it('list each other where one is unknown, take only GET, and say what is wrong', async () => {
    const local = {
      bad: () => {
        throw new AwsError('ValidationException', 'since must be a time');
      },
    };
    const { url } = await anEndpoint({ local });

    const unknown = await fetch(`${url}/_local/toString`);

    expect([unknown.status, await unknown.json()]).toEqual([
      404,
      { message: 'There is no page /_local/toString', pages: ['/_local/health', '/_local/bad'] },
    ]);
    expect((await fetch(`${url}/_local/health`, { method: 'DELETE' })).status).toBe(405);
    expect(await (await fetch(`${url}/_local/bad`)).json()).toEqual({
      code: 'ValidationException',
      message: 'since must be a time',
    });
  });
});

describe('the server', () => {
  it('says which port is taken and how to choose another', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;

    try {
      await expect(anEndpoint({ port })).rejects.toThrow(
        `Port ${port} for the AWS endpoint is in use. Stop what runs there (another local cloud?), or choose another port, for instance AWS_PORT=${port + 1}`,
      );
    } finally {
      other.close();
    }
  });

  it('lets a call under way end before it closes, and may be closed twice', async () => {
    const id = randomUUID();
    const release = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    const sqs = fakeService(async () => {
      arrived.resolve();
      await release.promise;
      return { MessageId: id };
    });
    const endpoint = await anEndpoint({ services: { sqs } });
    const response = fetch(endpoint.url, { method: 'POST', headers: json('AmazonSQS.SendMessage') });
    await arrived.promise;

    const closed = endpoint.close();
    release.resolve();

    expect(await (await response).json()).toEqual({ MessageId: id });
    await closed;
    await endpoint.close();
    await expect(fetch(endpoint.url)).rejects.toThrow();
  });
});
