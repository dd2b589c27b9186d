import { expect, it } from '@jest/globals';
import { refusalOf } from '../../../localstack/console/server/guard.ts';

it('the console is answered at localhost and at addresses, not at a name of another domain that points here', () => {
  const isRefused = (host: string) => refusalOf({ method: 'GET', headers: { host } }) !== undefined;

  expect(['localhost:4000', '127.0.0.1', '[::1]:4000', 'app.localhost', '10.0.0.2'].filter(isRefused)).toEqual([]);
  const others = ['evil.example', 'localhost.evil.example:4000', '127.0.0.1.evil.example', ''];
  expect(others.filter(isRefused)).toEqual(others);
});

it('what has effects is asked for by the console’s own page, or typed; its page may be linked from anywhere', () => {
  const refusal = (url: string, site: string | undefined) =>
    refusalOf({ method: 'GET', url, headers: { host: 'localhost:4000', 'sec-fetch-site': site } });
  const letters = '/_console/api/trouble/letters';

  expect([undefined, 'same-origin', 'none'].map((site) => refusal(letters, site))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(refusal(letters, 'cross-site')).toMatch(/own page/);
  // Another port of this machine.
  expect(refusal(letters, 'same-site')).toMatch(/own page/);
  expect(refusal('/_console/runs', 'cross-site')).toBeUndefined();
});
