import { describe, expect, it } from '@jest/globals';
import { networkNotice } from '#embedded/network-notice.ts';

const v4 = { family: 'IPv4', netmask: '', mac: '', cidr: null } as const;
const v6 = { family: 'IPv6', netmask: '', mac: '', cidr: null, scopeid: 0 } as const;
const interfaces = {
  lo: [{ ...v4, address: '127.0.0.1', internal: true }],
  eth0: [
    { ...v6, address: 'fe80::1', internal: false },
    { ...v4, address: '192.168.1.5', internal: false },
  ],
};
const urls = ['', 'http://127.0.0.1:4000', 'http://127.0.0.1:4566'];

describe('what is told of the network', () => {
  it.each(['0.0.0.0', '::'])('on %s is that everyone gets in, and where', (host) => {
    expect(networkNotice(host, urls, interfaces)).toBe(
      `Everyone in this network can reach it (--host ${host}): http://192.168.1.5:4000, http://192.168.1.5:4566`,
    );
  });

  it('names no address of a machine that has none in a network', () => {
    expect(networkNotice('::', urls, { lo: interfaces.lo })).toBe('Everyone in this network can reach it (--host ::).');
  });

  it.each([undefined, 'localhost', '127.0.0.1', '192.168.1.5'])('on %s is nothing: the URLs say where', (host) => {
    expect(networkNotice(host, urls, interfaces)).toBeUndefined();
  });
});
