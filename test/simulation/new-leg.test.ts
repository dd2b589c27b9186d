import { describe, expect, it } from '@jest/globals';
import { isFullLoad } from '#test/support/load.ts';
import { formerWithoutRental } from './mends/former-without-leg.ts';
import { asked, enoughMs, simulatePatched, violationsOf } from './simulate.ts';

describe('a release with a new leg', () => {
  it(
    'finishes what the release before began, which was asked for without that leg',
    async () => {
      const plans = ['book+release@a/TakePayment', 'post+release@a/ConfirmFlight,post', 'book,release,cancel,book'];
      const [given, sliced] = await Promise.all([
        simulatePatched([formerWithoutRental], asked(plans)),
        simulatePatched(
          [formerWithoutRental],
          ['--class', 'releases', '--every', isFullLoad ? '10' : '30', '--workers', '1'],
        ),
      ]);

      expect(violationsOf(given.lines, plans)).toEqual(plans.map(() => ''));
      expect(sliced.lines.at(-1)).toMatch(/^\d\d plans, 0 violations$/);
    },
    enoughMs,
  );
});
