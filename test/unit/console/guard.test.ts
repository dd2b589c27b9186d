import { expect, it } from '@jest/globals';
import { refusalOf } from '../../../localstack/console/server/guard.ts';

it('the console is answered at localhost and at addresses, not at a name of another domain that points here', () => {
  const isRefused = (host: string) => refusalOf({ method: 'GET', headers: { host } }) !== undefined;

  expect(['localhost:4000', '127.0.0.1', '[::1]:4000', 'app.localhost', '10.0.0.2'].filter(isRefused)).toEqual([]);
  const others = ['evil.example', 'localhost.evil.example:4000', '127.0.0.1.evil.example', ''];
  expect(others.filter(isRefused)).toEqual(others);
});
