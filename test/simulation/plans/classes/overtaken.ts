import type { CallPoint } from '../../world/points.ts';
import type { PlanClass } from './plan-class.ts';

/** The first booking is undone and the trip is booked again: what the first one wrote last comes then. */
const lines = [
  'book,cancel,book',
  'book,book ConfirmBooking=fail',
  'book,cancel,book b/TakePayment=fail b/RefundPayment=fail',
  'book,book ConfirmBooking=fail b/ReserveBooking=fail',
] as const;

const moments = [
  'b/ReserveHotel',
  'b/ReserveRental',
  'b/TakePayment',
  'b/ConfirmBooking',
  'b/NotifyBookingConfirmed',
  'b/CancelFlightReservation',
  'b/end',
] as const;

const writing: ReadonlySet<string> = new Set(['UpdateItem', 'PutItem', 'DeleteItem', 'TransactWriteItems']);

const isOfFirst = ({ run, target, operation }: CallPoint): boolean =>
  writing.has(operation) && (run === 'a' || run === 'a.cancel' || (run === 'beside' && target === 'bookings'));

export const overtaken: PlanClass = {
  name: 'overtaken',
  about: 'a write that is tried again and works, and whose first attempt comes when the trip is booked anew',
  async *plans(record) {
    for (const line of lines) {
      const { calls, states } = await record(line);
      const reached = moments.filter((moment) => {
        const [run = '', state = ''] = moment.split('/');
        return state === 'end' || states.get(run)?.includes(state);
      });
      for (const { run, target, operation, nth } of calls.filter(isOfFirst)) {
        const place = `${run === 'a' ? '' : `${run}/`}${target}.${operation}#${nth}`;
        for (const moment of reached) yield `${line} ${place}=slow@${moment}`;
      }
    }
    yield* messages();
    yield* sameRun();
  },
};

/** What takes a booking off the list of the unfinished comes late, and what still needs it there is stopped. */
function* messages(): Iterable<string> {
  const tell = 'NotifyBookingConfirmed.UpdateItem=slow';
  const tellAgain = 'NotifyBookingConfirmed=fail beside/redrive-booking.UpdateItem=slow';
  const stopped = 'run=stop@RefundPayment a.cancel/event=lost';
  const second = 'b/run=stop@ConfirmBooking b/event=lost';
  yield `book,cancel ${tell}@a.cancel/RefundPayment a.cancel/${stopped}`;
  yield `book,cancel ${tell}@act2 beside/bookings.StartExecution=fail`;
  yield `book,cancel,book ${tell}@act3 ${second}`;
  yield `book,letters,cancel ${tellAgain}@a.cancel/RefundPayment a.cancel/${stopped}`;
  yield `book,letters,cancel ${tellAgain}@act3 beside/bookings.StartExecution=fail`;
  yield `book,letters,cancel,book ${tellAgain}@act4 ${second}`;
  const [undo, byHand] = ['book,undo-customer', 'a.by-hand-customer'];
  yield `${undo} ${tell}@${byHand}/RefundPayment ${byHand}/run=stop@RefundPayment ${byHand}/event=lost`;
  yield `book,letters,undo-customer ${tellAgain}@${byHand}/RefundPayment ${byHand}/run=stop@RefundPayment ${byHand}/event=lost`;
  const failed = 'TakePayment=fail NotifyBookingFailed.UpdateItem=slow';
  yield `book,book ${failed}@act2 b/TakePayment=fail b/run=stop@CloseBooking b/event=lost`;
  yield `book,book TakePayment=fail run=stop@CloseBooking event=lost b/ReserveBooking=fail`;
  yield `book,cancel beside/credit-loyalty.TransactWriteItems#2=slow@healed`;
}

/** The same booking's own write comes a second time, when it has gone on. */
function* sameRun(): Iterable<string> {
  yield 'book,cancel,cancel beside/bookings.UpdateItem=slow@a.cancel/RefundPayment';
  yield 'book,cancel,cancel beside/bookings.UpdateItem=slow@a.cancel/end';
  yield 'book,cancel,cancel,book beside/bookings.UpdateItem=slow@b/end';
  yield 'book,cancel a.cancel/CloseBooking.UpdateItem=slow@a.cancel/end';
  yield 'book,cancel,book b/ReserveBooking.PutItem#2=slow@b/end';
  yield 'book,cancel,book,book b/ReserveBooking=fail b/CancelBooking.PutItem#2=slow@c/end';
  yield 'book ConfirmBooking=fail TakePayment.UpdateItem#2=slow@end';
  yield 'book,cancel,book b/TakePayment=lost b/RefundPayment=fail a.cancel/CloseBooking.UpdateItem=slow@b/CancelFlightReservation';
  for (const step of ['ReserveFlight', 'ReserveRental', 'TakePayment']) {
    yield `book ${step}.TransactWriteItems=slow@ConfirmBooking`;
  }
  yield 'book ConfirmBooking=fail RefundPayment.UpdateItem=fail';
  yield 'book+undo@a/ConfirmFlight';
  yield 'book+undo@a/ConfirmHotelBooking';
  yield 'misnamed run=stop@RouteAction';
  yield 'book,cancel a.cancel/run=stop@RouteAction';
  for (let line = 'book run=stop@ConfirmBooking', redrive = 1; redrive <= 5; redrive++) {
    line += ` a.rr-${redrive}/run=stop@PeelBack`;
    yield line;
  }
}
