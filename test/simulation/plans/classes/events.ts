import { backward } from '../states.ts';
import type { PlanClass } from './plan-class.ts';

const kinds = ['lost', 'twice', 'cut', 'late@act2', 'late@act3', 'late@healed'] as const;
const lines = ['book,book', 'book,cancel,book', 'book,cancel,cancel'] as const;

export const events: PlanClass = {
  name: 'events',
  about:
    'the event that a run has ended: never, twice, without its input, after a rebooking; with stale answers of Step Functions',
  *plans() {
    for (const line of lines) {
      for (const stop of ['ReserveBooking', 'ReserveSeat', 'TakePayment', 'ConfirmBooking', 'NotifyBookingConfirmed']) {
        for (const kind of kinds) {
          yield `${line} run=stop@${stop} event=${kind}`;
          for (const state of backward) yield `${line} run=stop@${stop} event=${kind} a.rr-1/${state}=fail`;
        }
        for (const times of [1, 2, 4, 5, 40]) {
          yield `${line} run=stop@${stop} event=cut beside/redrive-booking.DescribeExecution=stale*${times}`;
        }
      }
      if (!line.includes('cancel')) continue;
      for (const stop of ['CancelBooking', 'RefundPayment', 'ReleaseSeat', 'CloseBooking', 'NotifyBookingFailed']) {
        for (const kind of kinds) yield `${line} a.cancel/run=stop@${stop} a.cancel/event=${kind}`;
      }
    }
  },
};
