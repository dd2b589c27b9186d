import { placeOf } from '../../world/points.ts';
import type { PlanClass } from './plan-class.ts';

/** Lines that between them make every call. */
const lines = [
  'book',
  'book ConfirmBooking=fail',
  'book,cancel',
  'post,post',
  'process,cancel,process',
  'book run=stop@TakePayment',
  'book run=stop@TakePayment event=cut',
  'book run=stop@TakePayment event=lost',
  'book,book TakePayment=fail',
  'book NotifyBookingConfirmed=fail',
  'book TakePayment=fail RefundPayment=fail',
] as const;

const kinds = [
  'throttle',
  'throttle*3',
  'throttle*12',
  'conflict',
  'conflict*4',
  'lost',
  'lost*3',
  'fail',
  'late@end',
  'late@healed',
  'slow@end',
] as const;

export const calls: PlanClass = {
  name: 'calls',
  about:
    'every call of AWS throttled, in conflict, its reply lost, late, or failing; every eventually consistent read stale',
  async *plans(record) {
    const seen = new Set<string>();
    for (const line of lines) {
      for (const call of (await record(line)).calls) {
        const place = placeOf(call);
        // The reconciler's queries, shard by shard, are one call.
        if (call.nth > 8 || seen.has(`${line} ${place}`) || (seen.has(place) && line !== 'post,post')) continue;
        seen.add(place);
        seen.add(`${line} ${place}`);
        for (const kind of kinds) yield `${line} ${place}=${kind}`;
        if (call.isEventual) for (const times of [1, 3, 40]) yield `${line} ${place}=stale*${times}`;
      }
    }
  },
};
