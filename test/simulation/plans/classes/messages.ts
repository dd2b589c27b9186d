import type { PlanClass } from './plan-class.ts';

/** Lines that come to a message, its state, and where it goes that cannot be sent. */
const lines = [
  ['book', '', 'NotifyBookingConfirmed', 'SendConfirmationToDeadLetterQueue'],
  ['book,book', '', 'NotifyBookingConfirmed', 'SendConfirmationToDeadLetterQueue'],
  ['book TakePayment=fail', '', 'NotifyBookingFailed', 'SendCancellationToDeadLetterQueue'],
  ['book,cancel', 'a.cancel/', 'NotifyBookingFailed', 'SendCancellationToDeadLetterQueue'],
  ['book,cancel,book', 'a.cancel/', 'NotifyBookingFailed', 'SendCancellationToDeadLetterQueue'],
] as const;

const publishing = ['fail', 'lost*40', 'throttle*40', 'late@end', 'late@healed'] as const;
const sending = ['fail', 'lost', 'lost*4', 'repeated', 'twice', 'busy*4', 'hang', 'late@end', 'late@healed'] as const;

export const messages: PlanClass = {
  name: 'messages',
  about:
    'the last message cannot be published, and neither can its dead letter be sent; both are sent, sent twice, or late',
  *plans() {
    for (const [line, run, state, letter] of lines) {
      for (const publish of publishing) {
        for (const send of sending) yield `${line} ${run}${state}.Publish=${publish} ${run}${letter}=${send}`;
      }
    }
  },
};
