import { beforeAll } from '@jest/globals';
import { decodeJwt } from 'jose';
import type { Issuer } from '#embedded/index.ts';
import { limitation } from '#test/support/e2e/capabilities.ts';
import { localIssuer } from '#test/support/e2e/customers.ts';
import { openTarget } from '#test/support/e2e/target.ts';
import { openSuite } from '#test/support/open-suite.ts';

export const target = openSuite(openTarget);

export let issuer: Issuer;

export let valid: Record<string, unknown>;

beforeAll(async () => {
  if (limitation('local issuer') !== undefined) return;
  issuer = await localIssuer();
  valid = decodeJwt(await issuer.sign({ sub: 'alice' }));
});

export const callWith = (token: string): Promise<Response> =>
  fetch(`${target.apiUrl}/loyalty`, { headers: { authorization: `Bearer ${token}` } });
