import { describe, expect, it } from '@jest/globals';
import {
  cancelVerdict,
  customerOf,
  listedCustomer,
  mayCheckIn,
  mayHide,
  mayListFor,
  updatableFields,
  visibleTo,
} from '#functions/booking/booking-policy.ts';

const owner = { sub: 'alice', isAdmin: false };
const other = { sub: 'bob', isAdmin: false };
const admin = { sub: 'carol', isAdmin: true };
const callers = { owner, other, admin };
type Who = keyof typeof callers;

const booking = { customer: 'alice' };

describe('a booking', () => {
  it.each<[Who, boolean]>([
    ['owner', true],
    ['other', false],
    ['admin', true],
  ])('is seen by its %s: %s', (who, seen) => {
    expect(visibleTo(callers[who], booking)).toBe(seen ? booking : undefined);
  });

  it.each<Who>(['owner', 'other', 'admin'])('that is hidden, or none, is the same to its %s', (who) => {
    expect(visibleTo(callers[who], { ...booking, hidden: true })).toBeUndefined();
    expect(visibleTo(callers[who], undefined)).toBeUndefined();
  });

  it.each<Who>(['owner', 'other', 'admin'])('is made for the caller, also for an %s', (who) => {
    expect(customerOf(callers[who])).toBe(callers[who].sub);
  });

  it('is updated in its check-in, and by an Admin in its reference: in nothing that the saga relies on', () => {
    expect(updatableFields(owner)).toEqual(['checkedIn']);
    expect(updatableFields(admin)).toEqual(['checkedIn', 'bookingReference']);
  });
});

describe('a list', () => {
  it.each<[Who, string | undefined, string | undefined, boolean]>([
    ['owner', undefined, 'alice', true],
    ['owner', 'alice', 'alice', true],
    ['owner', 'bob', 'alice', false],
    ['admin', undefined, undefined, true],
    ['admin', 'alice', 'alice', true],
  ])('of %s who asks for %s is of %s, allowed: %s', (who, asked, listed, allowed) => {
    expect([listedCustomer(callers[who], asked), mayListFor(callers[who], asked)]).toEqual([listed, allowed]);
  });
});

it.each([
  ['UNCONFIRMED', 'wait', false, false],
  ['CONFIRMED', 'cancel', true, false],
  ['CANCELLING', 'under way', false, false],
  ['CANCELLED', 'done', false, true],
] as const)('%s: cancel says %s, check-in %s, hide %s', (status, verdict, checkIn, hide) => {
  expect([cancelVerdict({ status }), mayCheckIn({ status }), mayHide({ status })]).toEqual([verdict, checkIn, hide]);
});
