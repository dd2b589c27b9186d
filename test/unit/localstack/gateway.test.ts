import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { loadStack } from '#embedded/index.ts';
import { physicalName } from '#infra/config.ts';
import { stackFile } from '#infra/paths.ts';
import { startGateway } from '../../../localstack/gateway.ts';
import { localIssuerOf } from '../../../localstack/issuer.ts';

interface Invoke {
  readonly functionName: string;
  readonly event: {
    readonly rawPath: string;
    readonly queryStringParameters?: Record<string, string>;
    readonly requestContext: { readonly authorizer?: { readonly jwt: { readonly claims: Record<string, string> } } };
  };
}

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** An endpoint that answers Lambda's Invoke API, and keeps what it was asked. */
async function lambdaEndpoint(answer: { status?: number; functionError?: string; payload: string }) {
  const invokes: Invoke[] = [];
  const server: Server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const [, , , name = ''] = String(request.url).split('/');
    invokes.push({ functionName: decodeURIComponent(name), event: JSON.parse(body) });
    if (answer.functionError) response.setHeader('x-amz-function-error', answer.functionError);
    response.writeHead(answer.status ?? 200).end(answer.payload);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close() {
      server.closeAllConnections();
      server.close();
    },
  });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, invokes };
}

async function gatewayTo(endpoint: string): Promise<string> {
  const gateway = await startGateway({ stackFile: stackFile(physicalName({ stage: 'local' })), endpoint, port: 0 });
  open.push(gateway);
  return gateway.url;
}

describe('gateway in front of a target', () => {
  it("given the stack's routes, when called, then the endpoint's function answers", async () => {
    const { endpoint, invokes } = await lambdaEndpoint({
      payload: JSON.stringify({ statusCode: 200, body: '{"message":"ok"}' }),
    });
    const url = await gatewayTo(endpoint);

    const demo = await fetch(`${url}/any/path?runType=success`, { method: 'POST' });
    const health = await fetch(`${url}/health`);

    expect([demo.status, await demo.json(), health.status]).toEqual([200, { message: 'ok' }, 200]);
    expect(invokes.map(({ functionName }) => functionName.split(':').at(-1))).toEqual([
      'booking-saga-local-start-booking',
      'booking-saga-local-health',
    ]);
    expect(invokes[0]?.event).toMatchObject({ rawPath: '/any/path', queryStringParameters: { runType: 'success' } });
  });

  it('given a route of customers, when called, then it asks for a token of the local issuer and hands its claims on', async () => {
    const { endpoint, invokes } = await lambdaEndpoint({ payload: '{"statusCode":200}' });
    const url = await gatewayTo(endpoint);
    const issuer = await localIssuerOf(loadStack(stackFile(physicalName({ stage: 'local' }))));
    const token = await issuer?.sign({ sub: 'alice', groups: ['Admin', 'Guides'] });

    const anonymous = await fetch(`${url}/loyalty`);
    const alice = await fetch(`${url}/loyalty`, { headers: { authorization: `Bearer ${token}` } });

    expect([anonymous.status, alice.status]).toEqual([401, 200]);
    expect(invokes.map(({ event }) => event.requestContext.authorizer?.jwt.claims)).toEqual([
      expect.objectContaining({ sub: 'alice', 'cognito:groups': '[Admin Guides]' }),
    ]);
  });

  it('given a function that throws, when called, then the answer is 500 without its words', async () => {
    const { endpoint } = await lambdaEndpoint({ functionError: 'Unhandled', payload: '{"errorMessage":"secret"}' });
    const response = await fetch(`${await gatewayTo(endpoint)}/`);
    expect([response.status, await response.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  it('given an endpoint that fails, when called, then the function is not asked a second time', async () => {
    const { endpoint, invokes } = await lambdaEndpoint({ status: 500, payload: '{}' });
    const response = await fetch(`${await gatewayTo(endpoint)}/`);
    expect(response.status).toBe(500);
    expect(invokes).toHaveLength(1);
  });
});
