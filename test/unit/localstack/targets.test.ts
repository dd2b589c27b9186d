import { describe, expect, it } from '@jest/globals';
import { DeployError } from '../../../localstack/deploy/deploy-error.ts';
import { addressOf, callableApiUrl, inspectTarget } from '../../../localstack/targets.ts';

/** An endpoint that answers these paths with JSON, and 404 to all others. */
const endpointWith =
  (answers: Readonly<Record<string, unknown>>, apiGatewayStatus = 200): typeof fetch =>
  async (input) => {
    const { pathname } = new URL(String(input));
    if (pathname === '/v2/apis') return new Response('{}', { status: apiGatewayStatus });
    const body = answers[pathname];
    return new Response(JSON.stringify(body ?? {}), { status: body === undefined ? 404 : 200 });
  };
const dead: typeof fetch = async () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) });
};
const errorOf = async (work: () => unknown): Promise<DeployError> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof DeployError) return error;
    throw error;
  }
  throw new Error('No error');
};

describe('address of a target', () => {
  it('given a name, then it is at AWS_ENDPOINT_URL, else at AWS_PORT, else at 4566', () => {
    expect(addressOf('localstack', {})).toEqual({
      name: 'localstack',
      endpoint: 'http://127.0.0.1:4566',
      expected: 'localstack',
    });
    expect(addressOf('ministack', { AWS_PORT: '24566' }).endpoint).toBe('http://127.0.0.1:24566');
    const both = { AWS_PORT: '24566', AWS_ENDPOINT_URL: 'http://localhost:1234/' };
    expect(addressOf('ministack', both).endpoint).toBe('http://localhost:1234');
  });

  it('given an endpoint, then its folder is named by it and anything may be there', () => {
    expect(addressOf('http://10.0.0.1:4566', { AWS_PORT: '1' })).toEqual({
      name: '10.0.0.1-4566',
      endpoint: 'http://10.0.0.1:4566',
      expected: 'other',
    });
  });

  it.each([
    [undefined, 'No target was named'],
    ['floci', '"floci" is no target'],
    ['embedded', 'serves the stack by itself'],
    ['http://host/path', 'is no endpoint'],
    ['https://sqs.eu-west-1.amazonaws.com', 'is AWS itself'],
  ])('given %s, then the error says what to do', async (word, message) => {
    const error = await errorOf(() => addressOf(word, {}));
    expect(error.message).toContain(message);
    expect(error.advice).not.toBe('');
  });
});

describe('inspecting a target', () => {
  const health = { services: { lambda: 'available' } };

  it('given the open LocalStack, then it has no HTTP API', async () => {
    const request = endpointWith({ '/_localstack/health': { ...health, version: '4.14.0' } }, 501);
    expect(await inspectTarget(addressOf('localstack', {}), request)).toMatchObject({
      kind: 'localstack',
      title: 'LocalStack 4.14.0',
      httpApi: false,
    });
  });

  it('given a licensed LocalStack, then it has an HTTP API', async () => {
    const request = endpointWith({ '/_localstack/health': { ...health, version: '2026.1' } });
    expect(await inspectTarget(addressOf('localstack', {}), request)).toMatchObject({ httpApi: true });
  });

  it("given MiniStack, which answers LocalStack's health page too, then it is MiniStack", async () => {
    const request = endpointWith({ '/_ministack/health': health, '/_localstack/health': health });
    expect(await inspectTarget(addressOf('http://h:1', {}), request)).toMatchObject({
      kind: 'ministack',
      httpApi: true,
    });
    const error = await errorOf(() => inspectTarget(addressOf('localstack', {}), request));
    expect(error.message).toContain('is not localstack, but MiniStack');
  });

  it('given something unknown, then it is taken at its word, unless a certain one was expected', async () => {
    const request = endpointWith({});
    expect(await inspectTarget(addressOf('http://h:1', {}), request)).toMatchObject({
      kind: 'other',
      title: 'http://h:1',
    });
    expect((await errorOf(() => inspectTarget(addressOf('ministack', {}), request))).message).toContain(
      'is not ministack',
    );
  });

  it('given the embedded cloud, then nothing is deployed to it', async () => {
    const request = endpointWith({ '/_local/metrics': { metrics: [] } });
    expect((await errorOf(() => inspectTarget(addressOf('localstack', {}), request))).message).toContain('embedded');
  });

  it('given a dead endpoint, then the error names it, the reason and how to start it', async () => {
    const error = await errorOf(() => inspectTarget(addressOf('ministack', {}), dead));
    expect(error.message).toBe('Nothing answers at http://127.0.0.1:4566 (ECONNREFUSED).');
    expect(error.advice).toContain('npm run target:start -- ministack');
  });
});

describe('URL of the deployed API', () => {
  const ministack = { kind: 'ministack', endpoint: 'http://127.0.0.1:24566' } as const;

  it('given a host that not every resolver knows, then the path below the endpoint is used', () => {
    expect(callableApiUrl('http://4aad2773.execute-api.localhost:24566', ministack)).toBe(
      'http://127.0.0.1:24566/_aws/execute-api/4aad2773/$default',
    );
  });

  it('given any other host or target, then the URL stays', () => {
    const own = 'https://abc.execute-api.eu-west-1.amazonaws.com';
    expect(callableApiUrl(own, ministack)).toBe(own);
    const local = 'http://abc.execute-api.localhost:4566';
    expect(callableApiUrl(local, { kind: 'other', endpoint: 'http://h:1' })).toBe(local);
  });
});
