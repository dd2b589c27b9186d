import { backward, forward } from '../states.ts';
import type { PlanClass } from './plan-class.ts';

/** What needs no moment. */
export const simpleForward = [
  'fail',
  'hang',
  'lost',
  'repeated',
  'twice',
  'beside',
  'busy',
  'busy*3',
  'busy*4',
] as const;
export const simpleBackward = [
  'fail',
  'hang',
  'lost',
  'lost*4',
  'repeated',
  'twice',
  'beside',
  'busy',
  'busy*3',
] as const;

/** Lines in which a run undoes everything, and that run. */
export const undoings: readonly (readonly [line: string, run: string])[] = [
  ['book ConfirmBooking=fail', 'a'],
  ['book,cancel', 'a.cancel'],
  ['book run=stop@ConfirmRental', 'a.rr-1'],
];

export const singles: PlanClass = {
  name: 'singles',
  about: 'one fault of one step, forward and backward',
  *plans() {
    for (const acts of ['book', 'book,cancel', 'book,book', 'book,cancel,book']) {
      yield acts;
      for (const state of forward) for (const kind of simpleForward) yield `${acts} ${state}=${kind}`;
    }
    for (const [line, run] of undoings) {
      for (const state of backward) for (const kind of simpleBackward) yield `${line} ${run}/${state}=${kind}`;
    }
    for (const kind of simpleBackward) {
      yield `book TakePayment=fail RefundPayment=fail SendToDeadLetterQueue=${kind}`;
      yield `book NotifyBookingConfirmed=fail SendConfirmationToDeadLetterQueue=${kind}`;
      yield `book TakePayment=fail NotifyBookingFailed=fail SendCancellationToDeadLetterQueue=${kind}`;
    }
  },
};
