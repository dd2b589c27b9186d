import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Closable } from './types.ts';

export interface Listening extends Closable {
  /** For clients on this machine. */
  readonly url: string;
  readonly port: number;
}

export interface ListenOptions {
  /** 0 takes any free one. */
  readonly port: number;
  /** An interface; both loopback addresses by default, since a client may take `localhost` for either. */
  readonly host?: string | undefined;
  readonly keepAliveTimeout: number;
  /** Milliseconds that requests under way may take once it closes. */
  readonly graceMs: number;
}

const loopback = ['127.0.0.1', '::1'];
/** Of this machine: it has no such address, or no such address family. */
const absent = ['EADDRNOTAVAIL', 'EAFNOSUPPORT'];
/** Of any machine: a name that stands for no address. */
const unknown = ['ENOTFOUND', 'EAI_AGAIN', 'EINVAL'];
/** How often another free port is tried whose twin in the other family is taken. */
const tries = 10;

export const addressesOf = (host: string | undefined): readonly string[] =>
  host === undefined || host === 'localhost' ? loopback : [host];

/** A URL as people are told it: `localhost` is this machine in both address families. */
export const printable = (url: string): string => url.replace('//127.0.0.1', '//localhost');

/** Serves HTTP on one port of each address. @throws Error that names a port in use */
export async function listen(handle: RequestListener, options: ListenOptions): Promise<Listening> {
  const { port, host, keepAliveTimeout, graceMs } = options;
  const open = (at: number, address: string) => opened(createServer({ keepAliveTimeout }, handle), at, address);
  const [first = '', ...others] = addressesOf(host);
  for (let left = tries; ; left -= 1) {
    const main = await open(port, first);
    const taken = (main.address() as AddressInfo).port;
    const servers = [main];
    try {
      for (const address of others) servers.push(...(await unlessAbsent(open(taken, address))));
      return {
        port: taken,
        url: `http://${reachable(first)}:${taken}`,
        async close() {
          await Promise.all(servers.map((server) => closed(server, graceMs)));
        },
      };
    } catch (error) {
      await Promise.all(servers.map((server) => closed(server, 0)));
      if (port !== 0 || left === 0) throw error;
    }
  }
}

function opened(server: Server, port: number, address: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(inWords(error, port, address)));
    server.listen(port, address, () => resolve(server));
  });
}

function inWords(error: NodeJS.ErrnoException, port: number, address: string): Error {
  const { code = '' } = error;
  const said = (text: string): Error => Object.assign(new Error(text, { cause: error }), { code });
  if (code === 'EADDRINUSE') return said(`Port ${port} is in use`);
  if (code === 'EACCES') return said(`Port ${port} is not for you to use: take one from 1024 on`);
  if (![...absent, ...unknown].includes(code)) return error;
  return said(
    `This machine has no address ${address} to listen on: take localhost, or 0.0.0.0 or :: for all of its own`,
  );
}

async function unlessAbsent(server: Promise<Server>): Promise<Server[]> {
  try {
    return [await server];
  } catch (error) {
    if (absent.includes(String((error as NodeJS.ErrnoException).code))) return [];
    throw error;
  }
}

/** An address that stands for all interfaces is none that a client could call. */
function reachable(address: string): string {
  if (address === '0.0.0.0' || address === '::') return '127.0.0.1';
  return address.includes(':') ? `[${address}]` : address;
}

function closed(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const grace = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(grace);
      resolve();
    });
    server.closeIdleConnections();
  });
}
