/** Who may ask: pages of another host may neither read nor write here, whatever name they gave this machine. */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { mountPath } from './page.ts';

const mostBodyBytes = 1_000_000;
/** `none` is an address that a user typed. https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header */
const ownSites: ReadonlySet<string> = new Set(['same-origin', 'none']);

/**
 * A name of another's domain may be pointed to this machine by its owner (DNS rebinding), an address may not.
 * @returns why the request is refused; undefined where it may pass
 */
export function refusalOf({
  method,
  url = '',
  headers,
}: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): string | undefined {
  const { host = '', origin, 'sec-fetch-site': site } = headers;
  const name = hostName(host);
  if (name !== 'localhost' && !name.endsWith('.localhost') && isIP(name) === 0) {
    return `The console answers at localhost or at an address, not at "${host}"`;
  }
  // Another page cannot read the answer, but to ask has effects: letters are received, and calls of AWS have quotas.
  if (url.startsWith(`${mountPath}/api/`) && site !== undefined && !ownSites.has(String(site))) {
    return 'Only the console’s own page may ask';
  }
  if (method === 'GET' || method === 'HEAD') return undefined;
  if (origin !== `http://${host}`) return 'Only the console’s own page may change anything';
  if (headers['content-type']?.split(';')[0]?.trim() !== 'application/json') return 'The body has to be JSON';
  // None comes in pieces of unknown length from the page.
  if (!(Number(headers['content-length']) <= mostBodyBytes))
    return `The body has to be of at most ${mostBodyBytes} bytes`;
  return undefined;
}

/** `[::1]:4000` → `::1` */
const hostName = (host: string): string =>
  host
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
