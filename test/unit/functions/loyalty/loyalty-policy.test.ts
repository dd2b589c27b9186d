import { describe, expect, it } from '@jest/globals';
import { accountToRead } from '#functions/loyalty/loyalty-policy.ts';

const alice = { sub: 'alice', isAdmin: false };
const admin = { sub: 'carol', isAdmin: true };

describe('the account that a caller sees', () => {
  it.each([
    ['a customer who names no customer', alice, undefined, 'alice'],
    ['a customer who names themselves', alice, 'alice', 'alice'],
    ['a customer who names another one', alice, 'bob', undefined],
    ['an Admin who names no customer', admin, undefined, 'carol'],
    ['an Admin who names a customer', admin, 'bob', 'bob'],
  ])('of %s', (_, caller, asked, account) => {
    expect(accountToRead(caller, asked)).toBe(account);
  });
});
