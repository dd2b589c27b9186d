import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { createService } from '#embedded/service.ts';
import { AwsError } from '#embedded/types.ts';
import { anEndpoint, json } from './endpoint-setup.ts';
import { fakeService } from './fake-service.ts';

describe('pages of the local cloud', () => {
  it('tell its health and what it serves', async () => {
    const { url } = await anEndpoint({ services: { sqs: fakeService() } });

    const response = await fetch(`${url}/_local/health`);

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'running', services: ['sqs'] });
  });

  it('tell the operations of each service', async () => {
    const service = createService('Parcels', { Weigh: () => ({}), Send: () => ({}) });
    const { url } = await anEndpoint({ services: { parcels: service } });

    expect(await (await fetch(`${url}/_local/services`)).json()).toEqual({ parcels: ['Send', 'Weigh'] });
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
      { message: 'There is no page /_local/toString', pages: ['/_local/health', '/_local/services', '/_local/bad'] },
    ]);
    expect((await fetch(`${url}/_local/health`, { method: 'DELETE' })).status).toBe(405);
    expect(await (await fetch(`${url}/_local/bad`)).json()).toEqual({
      code: 'ValidationException',
      message: 'since must be a time',
    });
  });
});

describe('the server', () => {
  it('says which port is in use', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;

    try {
      await expect(anEndpoint({ port })).rejects.toThrow(`Port ${port} is in use`);
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
