import { describe, expect, it } from '@jest/globals';
import * as operations from '#test/support/e2e/amplify-operations.ts';
import { ask, errorOf } from './graphql-setup.ts';
import { admin, alice, bob } from './three-customers.ts';

describe('loyalty', () => {
  it('is the caller’s own, an Admin’s to ask for, and nobody else’s', async () => {
    const account = { points: expect.any(Number), level: 'bronze', remainingPoints: expect.any(Number) };
    expect(await ask(bob, operations.getLoyalty)).toEqual(account);
    expect(await ask(bob, operations.getLoyalty, { customer: bob.sub })).toEqual(account);
    expect(await ask(admin, operations.getLoyalty, { customer: bob.sub })).toEqual(account);
    for (const customer of [alice.sub, 'nobody']) {
      expect(await errorOf(bob, operations.getLoyalty, { customer })).toMatchObject({ errorType: 'Unauthorized' });
    }
  });
});
