import { describe, expect, it } from '@jest/globals';
import { callerOf } from '#functions/shared/http/caller.ts';

const eventWith = (claims: Record<string, unknown>) => ({ requestContext: { authorizer: { jwt: { claims } } } });

describe('callerOf', () => {
  it.each([
    ['[Admin Guides]', true],
    ['[Guides Admin]', true],
    ['Admin', true],
    [['Guides', 'Admin'], true],
    ['[Administrators]', false],
    // A group's name may have a comma.
    ['[Guides,Admin]', false],
    ['[]', false],
    [undefined, false],
  ])('given the groups %j, then isAdmin is %s', (groups, isAdmin) => {
    expect(callerOf(eventWith({ sub: 'alice', 'cognito:groups': groups }))).toEqual({ sub: 'alice', isAdmin });
  });

  it.each([{}, { sub: '' }, { sub: 7 }])('given the claims %j, then it refuses the token', (claims) => {
    expect(() => callerOf(eventWith(claims))).toThrow(
      expect.objectContaining({ name: 'NoCustomerError', status: 401, message: expect.stringContaining('"sub"') }),
    );
  });

  it('given no authorizer at all, then it refuses', () => {
    expect(() => callerOf({ requestContext: {} })).toThrow('JWT authorizer');
  });
});
