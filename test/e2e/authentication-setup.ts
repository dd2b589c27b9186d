import { afterAll, beforeAll } from '@jest/globals';
import { decodeJwt } from 'jose';
import type { Issuer } from '#embedded/index.ts';
import { limitation } from '#test/support/e2e/capabilities.ts';
import { localIssuer } from '#test/support/e2e/customers.ts';
import { openTarget, type Target } from '#test/support/e2e/target.ts';

export let target: Target;

export let issuer: Issuer;

export let valid: Record<string, unknown>;

beforeAll(async () => {
  target = await openTarget();
  if (limitation('local issuer') !== undefined) return;
  issuer = await localIssuer();
  valid = decodeJwt(await issuer.sign({ sub: 'alice' }));
});

afterAll(() => target.close());

export const callWith = (token: string): Promise<Response> =>
  fetch(`${target.apiUrl}/loyalty`, { headers: { authorization: `Bearer ${token}` } });
