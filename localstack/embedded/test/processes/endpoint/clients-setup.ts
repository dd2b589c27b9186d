import { afterEach } from '@jest/globals';
import { createEndpoint, type Endpoint } from '#embedded/endpoint/index.ts';
import { wires } from '#embedded/services.ts';
import { type AwsService, OUTSIDE } from '#embedded/types.ts';

export const ROLE_KEY = 'ASIA0123456789ABCDEF';

export const ROLE_ARN = 'arn:aws:iam::000000000000:role/shop-local-place-order';

export let endpoint: Endpoint | undefined;

export let clients: { destroy(): void }[] = [];

afterEach(async () => {
  for (const client of clients) client.destroy();
  clients = [];
  await endpoint?.close();
  endpoint = undefined;
});

/** Starts an endpoint with these services and a client of it. */
export async function serving<Client extends { destroy(): void }>(
  services: Record<string, AwsService>,
  Client: new (config: object) => Client,
  accessKeyId = 'outside',
): Promise<Client> {
  const callerOf = (key: string | undefined) => (key === ROLE_KEY ? { roleArn: ROLE_ARN } : OUTSIDE);
  endpoint = await createEndpoint({ services, wires, callerOf, port: 0 });
  const credentials = { accessKeyId, secretAccessKey: 'secret' };
  const client = new Client({ endpoint: endpoint.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  clients.push(client);
  return client;
}
