import { networkInterfaces } from 'node:os';

/** Hosts that stand for all interfaces of this machine. */
const all: readonly (string | undefined)[] = ['0.0.0.0', '::'];

/**
 * What the greeting leaves open, since it names `localhost`: that others get in, and by which address. Undefined where they do not, or
 * where the URLs say it already.
 * @param urls as `localhost` has them; an empty one is of what does not run
 */
export function networkNotice(
  host: string | undefined,
  urls: readonly string[],
  interfaces = networkInterfaces(),
): string | undefined {
  if (!all.includes(host)) return undefined;
  const lan = Object.values(interfaces)
    .flatMap((each) => each ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal);
  const notice = `Everyone in this network can reach it (--host ${host})`;
  if (lan === undefined) return `${notice}.`;
  const reachable = urls.filter((url) => url !== '').map((url) => url.replace('127.0.0.1', lan.address));
  return `${notice}: ${reachable.join(', ')}`;
}
