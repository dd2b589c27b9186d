import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { portsOf } from '#infra/doctor/ports.ts';

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((closed) => server.close(closed))));
});

/** Listens as another program does. @returns the port */
async function listening(): Promise<number> {
  const server = createServer().listen(0, 'localhost');
  servers.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const inUse =
  (...numbers: number[]) =>
  async (number: number) =>
    !numbers.includes(number);

describe('the ports of npm start', () => {
  it('are those of the environment, and propose themselves where they are free', async () => {
    expect(await portsOf({ PORT: '4100' }, inUse())).toMatchObject([
      { number: 4100, variable: 'PORT', isFree: true, free: 4100 },
      { number: 4566, variable: 'AWS_PORT', isFree: true, free: 4566 },
    ]);
  });

  it('propose the next port that is free', async () => {
    expect(await portsOf({}, inUse(4000, 4001, 4566))).toMatchObject([
      { number: 4000, isFree: false, free: 4002 },
      { number: 4566, isFree: false, free: 4567 },
    ]);
  });

  it('propose no port twice, and none that the other one wants', async () => {
    expect(await portsOf({ PORT: '4565' }, inUse(4565))).toMatchObject([{ free: 4567 }, { free: 4566 }]);
    expect(await portsOf({ PORT: '4565' }, inUse(4565, 4566))).toMatchObject([{ free: 4567 }, { free: 4568 }]);
  });

  it('propose none where no port above is left', async () => {
    expect(await portsOf({ PORT: '65535' }, inUse(65_535))).toMatchObject([{ isFree: false, free: undefined }, {}]);
  });

  it('are in use where a server listens', async () => {
    const port = await listening();
    const [api] = await portsOf({ PORT: `${port}` });
    expect(api).toMatchObject({ number: port, isFree: false });
    expect(api?.free).not.toBe(port);
  });

  it('are refused where they are none', async () => {
    await expect(portsOf({ PORT: 'http' })).rejects.toThrow('PORT must be a port number from 0 to 65535, not "http"');
  });
});
