import { describe, expect, it } from '@jest/globals';
import { parsePlan } from '#test/simulation/plans/plan.ts';
import { checkWords } from '#test/simulation/plans/words.ts';

const check = (line: string) => () =>
  checkWords(parsePlan(line), {
    acts: ['book', 'cancel', 'restore'],
    states: ['TakePayment', 'CancelBooking', 'PeelBack'],
    functions: ['get-booking'],
    operations: ['GetItem', 'Query'],
  });

describe('a word that nothing is called by, so that its plan would look as if it had passed', () => {
  it.each([
    ['', 'A plan begins with what clients or operators do'],
    ['boook', 'There is no act "boook": "book" may be meant'],
    ['book;cancel', 'There is no act "book;cancel": there are book, cancel, restore'],
    ['book TakePaymnt=lost', '"TakePaymnt" is no state, no function and none of run, event, write: "TakePayment" may'],
    ['book Nonsense=lost', 'there are run, event, write, TakePayment, CancelBooking, PeelBack, get-booking'],
    ['book TakePayment.GetItm=lost', 'There is no operation "GetItm": "GetItem" may be meant'],
    ['book aa.cancel/TakePayment=fail', '"aa.cancel" is no run: write a, b, … for booking runs, a.cancel, a.rr-1'],
    ['book a.cancle/TakePayment=fail', '"a.cancle" is no run'],
    ['book TakePayment=late@CancelBokking', 'no moment "CancelBokking": "CancelBooking" may be meant'],
    ['book TakePayment=late@a/CancelBokking', 'no moment "CancelBokking": "CancelBooking" may be meant'],
    ['book TakePayment=late@whenever', 'there are end, healed, act1, TakePayment, CancelBooking, PeelBack'],
    ['book TakePayment=late@act2', 'no moment "act2"'],
    ['book TakePayment=late@x.y/end', '"x.y" is no run'],
    ['book run=stop@TakePaymnt', '"TakePaymnt" is no state that a run leaves: "TakePayment" may be meant'],
    ['book run=stop@end', '"end" is no state that a run leaves'],
    ['book run=stop', 'Name the state that the run leaves: run=stop@STATE'],
    ['book run=busy@TakePayment', '"run=busy@TakePayment": "busy" does not happen there, only stop, expire, crash'],
    ['book event=fail', '"fail" does not happen there, only lost, twice, late, cut'],
    ['book TakePayment=throttle', '"throttle" does not happen there, only fail, busy,'],
    ['book TakePayment.GetItem=hang', '"hang" does not happen there, only throttle,'],
    ['book TakePayment.UpdateItem=stale', '"stale" does not happen there, only throttle,'],
    ['book TakePayment.DescribeExecution=former', '"former" does not happen there, only throttle,'],
    ['book TakePayment.GetItem=stale-2', '"TakePayment.GetItem=stale-2": only "former" is so many writes behind'],
    ['book TakePayment.GetItem=former-0', '"TakePayment.GetItem=former-0" is no fault'],
    ['book write#3=fail', '"fail" does not happen there, only kill'],
    ['book+cancel@a/TakePaymnt', 'no moment "TakePaymnt": "TakePayment" may be meant'],
    ['book+cancel@TakePayment', 'Name the run before the moment of an act: a/TakePayment'],
    ['book seats=x', 'seats=x: write a whole number'],
    ['book seed=', 'seed=: write a whole number'],
    ['book+cancel order=0.a', 'order=0.a: write whole numbers with points between them'],
  ])('%s', (line, message) => {
    expect(check(line)).toThrow(message);
  });
});

it.each([
  'book',
  'book,restore#17',
  'book TakePayment=lost run=stop@PeelBack event=lost write#3=kill',
  'book get-booking.Query=lost',
  'book,cancel TakePayment=slow@act2 a.cancel/CancelBooking=slow@a.rr-1/TakePayment a.rc-2/event=late@healed',
  'book TakePayment=late@end b/TakePayment=held@b/TakePayment#2 a.by-hand-customer/TakePayment=fail',
  'book+cancel@a/TakePayment,cancel@act1+cancel@a.cancel/end seats=2 order=0.1 seed=7',
  'book beside/get-booking.GetItem#2=stale*3',
  'book beside/get-booking.Query#2=former-2*3',
])('%s is taken', (line) => {
  expect(check(line)).not.toThrow();
});
