import { backward, forward } from '../states.ts';
import type { PlanClass } from './plan-class.ts';

/** What an operator may do at any time. */
const deeds = [
  'undo',
  'undo-customer',
  'forget',
  'forget,again',
  'again',
  'misnamed',
  'letters',
  'letters-twice',
  'reconcile',
  'audit',
  'redrive-execution',
] as const;

/** Done after another one. */
const seconds = ['undo', 'again', 'letters', 'redrive-execution'] as const;

/** Lines that leave something for an operator to see. */
const lines = [
  'book',
  'book ConfirmBooking=fail',
  'book TakePayment=fail RefundPayment=fail',
  'book TakePayment=fail ReleaseSeat=fail CloseBooking=fail',
  'book NotifyBookingConfirmed=fail',
  'book TakePayment=fail NotifyBookingFailed=fail',
  'book run=stop@TakePayment',
  'book run=stop@TakePayment event=lost',
  'book run=stop@ConfirmBooking event=lost',
  'book,cancel',
  'book,cancel a.cancel/RefundPayment=fail',
  'book,cancel a.cancel/CancelBooking=fail',
  'book,cancel a.cancel/run=stop@CancelBooking a.cancel/event=lost',
  'book,cancel,book',
  'book,book TakePayment=fail RefundPayment=fail',
] as const;

export const operators: PlanClass = {
  name: 'operators',
  about:
    'an operator starts runs by hand, moves letters twice, forgets names, restores the table, redrives by Step Functions',
  async *plans(record) {
    for (const line of ['book', 'book,cancel', 'book TakePayment=fail RefundPayment=fail', 'book,cancel,book']) {
      const [acts = '', ...faults] = line.split(' ');
      const { writes } = await record(line);
      for (let number = 1; number <= writes; number++) yield [`${acts},restore#${number}`, ...faults].join(' ');
    }
    for (const line of lines) {
      const [acts = '', ...faults] = line.split(' ');
      for (const deed of deeds) {
        yield [`${acts},${deed}`, ...faults].join(' ');
        yield [`${acts}+${deed}`, ...faults].join(' ');
        for (const next of seconds) yield [`${acts},${deed},${next}`, ...faults].join(' ');
        for (const then of ['book', 'cancel', 'post']) yield [`${acts},${deed},${then}`, ...faults].join(' ');
      }
    }
    for (const acts of [
      'book,forget,again',
      'post,forget,post',
      'book,cancel,forget,again',
      'post,cancel,forget,post',
    ]) {
      yield acts;
      for (const state of forward) {
        yield `${acts} ${state}#2=fail`;
        yield `${acts} ${state}#2=lost`;
        yield `${acts} ${state}=lost`;
        yield `${acts} run=stop@${state}`;
      }
      for (const state of backward) yield `${acts} TakePayment=fail ${state}=fail`;
    }
  },
};
