import { randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type ApiFixture, anApi, withApi } from './fixture.ts';

describe('the event of payload format 2.0', () => {
  let api: ApiFixture;
  beforeAll(async () => {
    api = await anApi({
      routeKeys: ['$default', 'GET /parcels/{id}', 'POST /echo'],
      stage: { stage_variables: { colour: 'red' } },
    });
  });
  beforeEach(() => void api.events.splice(0));
  afterAll(() => api.close());

  it('has every member that AWS gives, and none for what is absent', async () => {
    const before = Date.now();
    const response = await api.get('/parcels/b%201?runType=success&tag=a&tag=b%2Cc&empty=', {
      headers: { 'X-Custom': 'One', cookie: 'a=1; b=2', 'user-agent': 'jest' },
    });
    expect(response.status).toBe(200);
    const [event] = api.events;
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'GET /parcels/{id}',
      rawPath: '/parcels/b 1',
      rawQueryString: 'runType=success&tag=a&tag=b%2Cc&empty=',
      cookies: ['a=1', 'b=2'],
      queryStringParameters: { runType: 'success', tag: 'a,b,c', empty: '' },
      pathParameters: { id: 'b 1' },
      stageVariables: { colour: 'red' },
      isBase64Encoded: false,
      headers: {
        'x-custom': 'One',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-proto': 'http',
        'content-length': '0',
      },
      requestContext: {
        accountId: '000000000000',
        apiId: 'api1',
        domainName: '127.0.0.1',
        http: { method: 'GET', path: '/parcels/b 1', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'jest' },
        requestId: response.headers.get('apigw-requestid'),
        routeKey: 'GET /parcels/{id}',
        stage: '$default',
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      },
    });
    expect(event.requestContext.timeEpoch).toBeGreaterThanOrEqual(before);
    expect(event).not.toHaveProperty('body');
    expect(event.requestContext).not.toHaveProperty('authorizer');
    expect(event.headers).not.toHaveProperty('cookie');
    expect(event.headers).not.toHaveProperty('connection');
  });

  it('leaves out query, cookies and path parameters that are not there', async () => {
    await api.get('/');
    const [event] = api.events;
    expect(event).toMatchObject({ routeKey: '$default', rawPath: '/', rawQueryString: '' });
    for (const absent of ['cookies', 'queryStringParameters', 'pathParameters', 'body']) {
      expect(event).not.toHaveProperty(absent);
    }
  });

  it('hands on a parameter of any name', async () => {
    await api.get('/?__proto__=1&constructor=2&constructor=3');
    const [event] = api.events;
    expect(JSON.stringify(event.queryStringParameters)).toBe('{"__proto__":"1","constructor":"2,3"}');
  });

  /** As `fetch` cannot: with a header twice, and with one that it drops. */
  const sent = (headers: Record<string, string[]> | string[]) =>
    new Promise((resolve, reject) => {
      const outgoing = httpRequest(`${api.url}/`, { headers }, (response) => {
        response.resume().once('end', resolve);
      });
      outgoing.once('error', reject).end();
    });

  it('hands on a header of any name', async () => {
    await sent(['host', 'local', 'constructor', 'a', '__proto__', 'b']);
    expect(Object.entries(api.events[0].headers)).toEqual(
      expect.arrayContaining([
        ['constructor', 'a'],
        ['__proto__', 'b'],
      ]),
    );
  });

  it('joins repeated headers with a comma', async () => {
    await sent({ 'X-Many': ['a', 'b'] });
    expect(api.events[0].headers['x-many']).toBe('a,b');
  });

  it.each([
    ['application/json', '{"parcel":"München"}', false],
    ['application/problem+json; charset=utf-8', '{}', false],
    ['text/plain', 'text', false],
    ['application/x-www-form-urlencoded', 'a=1', true],
    ['application/octet-stream', 'bytes', true],
  ])('hands on a body of type %s as text or as base64', async (type, body, isBase64Encoded) => {
    await api.get('/echo', { method: 'POST', headers: { 'content-type': type }, body });
    const expected = isBase64Encoded ? Buffer.from(body).toString('base64') : body;
    expect(api.events[0]).toMatchObject({ body: expected, isBase64Encoded });
    expect(api.events[0].headers['content-length']).toBe(String(Buffer.byteLength(body)));
  });

  it('hands on a body without a type as text only where it is UTF-8', async () => {
    const bytes = Uint8Array.from([0xff, 0xfe, ...randomBytes(8)]);
    await api.get('/echo', { method: 'POST', body: bytes });
    await api.get('/echo', { method: 'POST', body: Uint8Array.from(Buffer.from('plain')) });
    expect(api.events[0]).toMatchObject({ body: Buffer.from(bytes).toString('base64'), isBase64Encoded: true });
    expect(api.events[1]).toMatchObject({ body: 'plain', isBase64Encoded: false });
  });

  it('refuses a path that cannot be decoded', async () => {
    expect((await api.get('/%E0%A4%A')).status).toBe(400);
    expect(api.events).toEqual([]);
  });
});

describe('the ARN that a permission is matched against', () => {
  it.each([
    ['$default', '/x', 'arn:aws:execute-api:us-east-1:000000000000:api1/$default/$default'],
    ['GET /x/{id}', '/x/1', 'arn:aws:execute-api:us-east-1:000000000000:api1/$default/GET/x/{id}'],
  ])('names the route %s', async (routeKey, path, sourceArn) => {
    await withApi({ routeKeys: [routeKey] }, async (api) => {
      await api.get(path);
      expect(api.sourceArns).toEqual([sourceArn]);
    });
  });
});

describe('a named stage', () => {
  it('is a prefix of every path, which routes do not see', async () => {
    await withApi({ routeKeys: ['GET /health'], stage: { name: 'dev' } }, async (api) => {
      expect((await api.get('/health')).status).toBe(404);
      expect((await api.get('/devious/health')).status).toBe(404);
      expect(await (await api.get('/dev/health')).text()).toBe('GET /health');
      expect(api.events[0]).toMatchObject({ rawPath: '/dev/health', requestContext: { stage: 'dev' } });
    });
  });
});
