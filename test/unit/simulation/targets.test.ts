import { expect, it } from '@jest/globals';
import { parsePlan } from '#test/simulation/plans/plan.ts';
import { checkTargets } from '#test/simulation/plans/targets.ts';

const check = (line: string) => () => checkTargets(parsePlan(line), ['TakePayment', 'get-booking']);

it('a plan with a fault at a place that does not exist is refused', () => {
  expect(check('book TakePaymnt=lost')).toThrow('"TakePaymnt" is no state, no function and none of run, event, write');
  expect(check('book TakePaymnt=lost')).toThrow('"TakePayment" may be meant');
  expect(check('book Nonsense=lost')).toThrow('there are run, event, write, TakePayment, get-booking');
});

it.each(['book', 'book TakePayment=lost run=stop@TakePayment event=lost write#3=kill', 'book get-booking.Query=lost'])(
  '%s is taken',
  (line) => {
    expect(check(line)).not.toThrow();
  },
);
