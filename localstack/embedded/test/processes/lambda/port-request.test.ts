import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Request } from '#embedded/endpoint/http.ts';
import type { Reply } from '#embedded/http.ts';
import type { LambdaOptions } from '#embedded/lambda/index.ts';
import { OUTSIDE } from '#embedded/types.ts';
import { aLambda, type Fixture } from './fixture.ts';
import { aGate, passing } from './gate.ts';

/** Asks as the SDK's handler does: an object of options, a signature, events of a request and of its response. */
const ASKING = `
  ${passing}
  import http from 'node:http';
  export const handler = ({ body = '', gate, path = '/?a=1', signed = true, timeout }) => new Promise((resolve, reject) => {
    const { hostname: host, port } = new URL(process.env.AWS_ENDPOINT_URL);
    const authorization = 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID + '/d/r/dynamodb/aws4_request';
    const headers = { 'X-Amz-Target': 'DynamoDB_20120810.GetItem', ...(signed && { authorization }) };
    const request = http.request({ host, port: Number(port), method: 'POST', path, headers }, async (response) => {
      const chunks = [];
      for await (const chunk of response) chunks.push(chunk);
      if (gate) await pass(gate);
      resolve({ status: response.statusCode, kind: response.headers['x-kind'], text: Buffer.concat(chunks).toString() });
    });
    request.on('error', reject);
    if (timeout) request.setTimeout(timeout, () => request.destroy(new Error('no answer')));
    request.end(Array.isArray(body) ? Buffer.from(body) : body);
  });
`;

describe("the SDK's calls of a function", () => {
  let fixture: Fixture;
  let asked: Request[];
  afterEach(() => fixture.close());

  async function asking(
    answerAws: LambdaOptions['answerAws'],
    endpoint = 'http://127.0.0.1:9',
    attributes: Record<string, unknown> = {},
  ): Promise<void> {
    asked = [];
    const answer = (request: Request) => {
      asked.push(request);
      return answerAws?.(request) ?? Promise.reject(new Error('not asked for'));
    };
    const source = { code: ASKING, attributes };
    fixture = await aLambda(
      { one: source, other: source, next: source },
      {
        environmentFor: ({ name }) => ({ AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: `key-of-${name}` }),
        ...(answerAws && { answerAws: answer }),
      },
    );
  }
  const ask = async (name: string, event: object = {}) => (await fixture.lambda.invoke(name, event, OUTSIDE)).payload;
  const echo = async ({ body }: Request): Promise<Reply> => ({
    status: 201,
    headers: { 'x-kind': 'echo' },
    body: `got ${body.toString('hex')}`,
  });

  it('come whole and signed, and are answered whole', async () => {
    await asking(echo);

    expect(await ask('one', { body: 'é' })).toEqual({ status: 201, kind: 'echo', text: 'got c3a9' });
    expect(asked).toMatchObject([
      { method: 'POST', path: '/', query: 'a=1', headers: { 'x-amz-target': 'DynamoDB_20120810.GetItem' } },
    ]);
    expect(await ask('one', { body: [0, 255, 128] })).toMatchObject({ text: 'got 00ff80' });
  });

  it("carry the credentials of each function's own role", async () => {
    await asking(echo);
    await Promise.all(['one', 'other', 'next'].map((name) => ask(name)));

    const keys = asked.map(({ headers }) => /Credential=([^/]+)/.exec(headers.authorization ?? '')?.[1]);
    expect(keys.sort()).toEqual(['key-of-next', 'key-of-one', 'key-of-other']);
  });

  it('answer into the invocation that asked', async () => {
    await asking(async ({ body }) => ({ status: 200, headers: {}, body: body.toString() }));
    const gate = aGate();
    const replies = ['one', 'next', 'one', 'next'].map((name, index) =>
      ask(name, { body: `${index}`, gate: gate.until }),
    );
    await gate.begun(4);
    gate.open();

    expect(await Promise.all(replies)).toMatchObject([{ text: '0' }, { text: '1' }, { text: '2' }, { text: '3' }]);
    gate.remove();
  });

  it('end by the time limit that the function sets', async () => {
    await asking(() => new Promise(() => {}));

    expect(await ask('one', { timeout: 20 })).toMatchObject({ errorMessage: 'no answer' });
  });

  it('never answer an invocation that ran out of time', async () => {
    const late: (() => void)[] = [];
    await asking(
      () => new Promise((resolve) => late.push(() => resolve({ status: 200, headers: {}, body: 'late' }))),
      undefined,
      { timeout: 0.3 },
    );
    const gate = aGate();

    expect(await ask('one', { gate: gate.until })).toMatchObject({ errorType: 'Sandbox.Timedout' });
    for (const answer of late) answer();
    const again = ask('one', { gate: gate.until });
    while (late.length < 2) await new Promise((resolve) => setImmediate(resolve));
    late[1]?.();
    await gate.begun();
    gate.open();

    // The first one's code would have come to the gate, too.
    expect(await again).toMatchObject({ text: 'late' });
    expect(asked).toHaveLength(2);
    gate.remove();
  });

  it.each([
    ['that are not signed', { signed: false }, true],
    ['where the cloud does not take them over the port', {}, false],
  ])('take a socket %s', async (_what, event, overPort) => {
    const server = createServer((_, response) => response.end('by socket')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await asking(overPort ? echo : undefined, `http://127.0.0.1:${port}`);

    expect(await ask('one', event)).toMatchObject({ text: 'by socket' });
    server.close();
    server.closeAllConnections();
  });
});
