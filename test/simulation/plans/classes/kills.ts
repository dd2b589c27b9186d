import type { PlanClass } from './plan-class.ts';

const lines = [
  'book',
  'book,cancel',
  'book ConfirmBooking=fail',
  'book ReserveRental=lost',
  'book TakePayment=fail RefundPayment=fail',
  'book TakePayment=fail NotifyBookingFailed=fail',
  'book,cancel,book',
  'book,book ReserveSeat=fail',
  'book run=stop@ConfirmRental',
  'book,cancel a.cancel/run=stop@RefundPayment',
  'post,post',
  'post,post,cancel,cancel',
  'book+other',
] as const;

/** The second kill comes so many writes later: at once, while the first is repaired, after that. */
const pauses = [1, 2, 5, 11, 19] as const;

export const kills: PlanClass = {
  name: 'kills',
  about: 'the process dies after each write that it makes and begins anew on what was written; twice in a row',
  async *plans(record) {
    for (const line of lines) {
      const { writes } = await record(line);
      for (let number = 1; number <= writes; number++) yield `${line} write#${number}=kill`;
      for (let number = 1; number <= writes; number += 2) {
        for (const pause of pauses) yield `${line} write#${number}=kill write#${number + pause}=kill`;
      }
    }
  },
};
