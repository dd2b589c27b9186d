import { afterEach } from '@jest/globals';
import { createEndpoint, type Endpoint, type EndpointOptions } from '#embedded/endpoint/index.ts';
import { wires } from '#embedded/services.ts';
import { OUTSIDE } from '#embedded/types.ts';

export const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

export async function anEndpoint(options: Partial<EndpointOptions> = {}): Promise<Endpoint> {
  const endpoint = await createEndpoint({ services: {}, wires, callerOf: () => OUTSIDE, port: 0, ...options });
  open.push(endpoint);
  return endpoint;
}

export const json = (operation: string) => ({
  'x-amz-target': operation,
  'content-type': 'application/x-amz-json-1.0',
});
