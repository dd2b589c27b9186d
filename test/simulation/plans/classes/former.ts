import { type CallPoint, placeOf } from '../../world/points.ts';
import { canBeFormer } from '../plan.ts';
import { backward, forward } from '../states.ts';
import type { PlanClass } from './plan-class.ts';

/** Lines that read what was written, and written again. */
const lines = [
  'book',
  'book,cancel',
  'book,book',
  'book,cancel,book',
  'post,post',
  'post,cancel,post',
  'process,cancel,process',
  'book,list,by-status,list-all,cancel,list,by-status,list-all',
  'book,cancel,book,list,by-status,list-all',
  'book,show,check-in,show,cancel,show,check-in',
  'book,wait,reconcile',
  'book,cancel,wait,reconcile',
  'book,cancel,book,wait,reconcile',
  'book,wait,reconcile+cancel',
  'book,wait,reconcile beside/reconcile-bookings.Query=former*40',
  'book,cancel,wait,reconcile beside/reconcile-bookings.Query=former*40',
  'book,cancel,book,audit',
  'book ConfirmBooking=fail',
  'book NotifyBookingConfirmed=fail',
  'book TakePayment=fail RefundPayment=fail',
  'book run=stop@TakePayment',
  'book run=stop@TakePayment event=cut',
  'book run=stop@TakePayment event=lost',
  'book,wait,cancel,wait,reconcile run=stop@ConfirmBooking event=lost',
  'book,cancel a.cancel/run=stop@RefundPayment a.cancel/event=lost',
] as const;

/** So many writes behind, for one read. */
const once = ['', '-2', '-4'] as const;
/** For all reads of that kind. */
const always = ['', '-3', '-6'] as const;

const reconciler = 'reconcile-bookings';
/** The reconciler's queries, shard by shard, are one read. */
const callsOf = ({ target, operation }: CallPoint): number => (target === reconciler && operation === 'Query' ? 8 : 1);
const mostReads = 8;
const beginsRead = (call: CallPoint): boolean =>
  (call.nth - 1) % callsOf(call) === 0 && call.nth <= mostReads * callsOf(call);

/** The keys of flights, which no plan writes. */
const isOfFlights = ({ target, operation }: CallPoint): boolean =>
  target === 'audit-seat-holds' && (operation === 'Query' || operation === 'Scan');
/** What it reads may have had a former state. */
const isBehind = (call: CallPoint): boolean => call.isEventual && canBeFormer(call.operation) && !isOfFlights(call);

/** Fails, stops or loses its reply, and the reconciler or a list then reads an index that is behind. */
function* besideFailures(): Iterable<string> {
  const reads = [
    ['wait,reconcile', `beside/${reconciler}.Query`],
    ['list', 'beside/bookings.BatchGetItem'],
    ['by-status', 'beside/graphql.Query'],
  ] as const;
  const failures = [
    ...forward.flatMap((state) => ['book', 'book,cancel'].map((acts) => [acts, '', state])),
    ...backward.map((state) => ['book,cancel', 'a.cancel/', state]),
  ];
  for (const [acts, run, state] of failures) {
    for (const [act, read] of reads) {
      for (const kind of ['fail', 'lost*4']) yield `${acts},${act} ${run}${state}=${kind} ${read}=former*40`;
      if (act === 'wait,reconcile') yield `${acts},${act} ${run}run=stop@${state} ${run}event=lost ${read}=former*40`;
    }
  }
}

export const former: PlanClass = {
  name: 'former',
  about:
    'every eventually consistent read of table and indexes shows a former state, for once and always, of one to six writes ago; beside each failure of a step',
  async *plans(record) {
    for (const line of lines) {
      for (const call of (await record(line)).calls) {
        const calls = callsOf(call);
        if (!isBehind(call) || !beginsRead(call) || line.includes(`${call.target}.${call.operation}=`)) continue;
        const times = calls === 1 ? '' : `*${calls}`;
        for (const writes of once) yield `${line} ${placeOf(call)}=former${writes}${times}`;
        if (call.nth === 1) for (const writes of always) yield `${line} ${placeOf(call)}=former${writes}*40`;
      }
    }
    yield* besideFailures();
  },
};
