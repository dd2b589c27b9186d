import { describe, expect, it } from '@jest/globals';
import * as operations from '#test/support/e2e/amplify-operations.ts';
import { ask, errorOf } from './graphql-setup.ts';
import { admin, alice, bob } from './three-customers.ts';

describe('loyalty', () => {
  it('is shown to its customer and to Admins, and to no other customer', async () => {
    const account = { points: expect.any(Number), level: 'bronze', remainingPoints: expect.any(Number) };
    expect(await ask(bob, operations.getLoyalty)).toEqual(account);
    expect(await ask(bob, operations.getLoyalty, { customer: bob.sub })).toEqual(account);
    expect(await ask(admin, operations.getLoyalty, { customer: bob.sub })).toEqual(account);
    for (const customer of [alice.sub, 'no-such-customer']) {
      expect(await errorOf(bob, operations.getLoyalty, { customer })).toMatchObject({ errorType: 'Unauthorized' });
    }
  });
});
