import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Listening, listen } from '#embedded/listen.ts';
import { refusePortsInUse } from '#embedded/ports-in-use.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

async function occupy(address: string, port = 0): Promise<number> {
  const server: Server = createServer().listen(port, address);
  await once(server, 'listening');
  open.push(server);
  return (server.address() as { port: number }).port;
}

async function serve(host?: string, port = 0): Promise<Listening> {
  const options = { host, port, keepAliveTimeout: 1_000, graceMs: 0 };
  const listening = await listen((_request, response) => void response.end('here'), options);
  open.push(listening);
  return listening;
}

const answer = async (url: string): Promise<string> => (await fetch(url)).text();

describe('listening', () => {
  it.each([undefined, 'localhost'])('on %s answers on both loopback addresses', async (host) => {
    const { port, url } = await serve(host);

    expect(url).toBe(`http://127.0.0.1:${port}`);
    expect(await answer(`http://127.0.0.1:${port}`)).toBe('here');
    expect(await answer(`http://[::1]:${port}`)).toBe('here');
  });

  it.each([
    ['0.0.0.0', '127.0.0.1', '127.0.0.1'],
    ['::', '[::1]', '127.0.0.1'],
    ['::1', '[::1]', '[::1]'],
  ])('on %s answers on %s and is called by %s', async (host, called, named) => {
    const { port, url } = await serve(host);

    expect(url).toBe(`http://${named}:${port}`);
    expect(await answer(`http://${called}:${port}`)).toBe('here');
  });

  it.each(['127.0.0.1', '::1'])('on a port that is taken at %s fails and leaves nothing open', async (address) => {
    const port = await occupy(address);

    await expect(serve(undefined, port)).rejects.toThrow(`Port ${port} is in use`);

    for (const each of open.splice(0)) await each.close();
    await serve(undefined, port);
  });

  it.each(['192.0.2.1', '2001:db8::1'])(
    'on %s, which is no address of this machine, says so and what to take',
    async (host) => {
      await expect(serve(host)).rejects.toThrow(
        `This machine has no address ${host} to listen on: take localhost, or 0.0.0.0 or :: for all of its own`,
      );
    },
  );

  it('ends on both addresses', async () => {
    const { port, close } = await serve();
    await close();

    for (const host of ['127.0.0.1', '[::1]']) await expect(fetch(`http://${host}:${port}`)).rejects.toThrow();
  });
});

describe('ports that are wanted', () => {
  const wanted = (port: number, awsPort: number) => refusePortsInUse({ host: undefined, port, awsPort }, 'npm start');

  it('may be free, or any', async () => {
    const { port, close } = await serve();
    await close();

    await expect(wanted(port, 0)).resolves.toBeUndefined();
  });

  it('are both named where both are in use, with a command that takes a free pair', async () => {
    const port = await occupy('127.0.0.1');
    const awsPort = await occupy('::1');

    const refusal: Error = await wanted(port, awsPort).then(
      () => new Error('not refused'),
      (error) => error,
    );

    expect(refusal.message).toContain(
      `Port ${port} (PORT) and port ${awsPort} (AWS_PORT) are in use, by another local cloud or another program.`,
    );
    const [, api = 0, aws = 0] = /\n {2}PORT=(\d+) AWS_PORT=(\d+) npm start$/.exec(refusal.message)?.map(Number) ?? [];
    await expect(wanted(api, aws)).resolves.toBeUndefined();
    expect(api).not.toBe(aws);
  });

  it('keep the one that is free', async () => {
    const awsPort = await occupy('127.0.0.1');
    const { port, close } = await serve();
    await close();

    await expect(wanted(port, awsPort)).rejects.toThrow(`PORT=${port} AWS_PORT=`);
  });

  it('are two', async () => {
    const { port, close } = await serve();
    await close();

    await expect(wanted(port, port)).rejects.toThrow(`PORT and AWS_PORT are both ${port}`);
  });
});
