import { backward, forward } from '../states.ts';
import type { PlanClass } from './plan-class.ts';

/** Where a booking run ends, so that it is redriven. */
const stops = forward.map((state) => `run=stop@${state}`);
const crashes = ['run=crash@ReserveSeat', 'run=expire@TakePayment', 'run=crash@CancelBooking TakePayment=fail'];

export const redrives: PlanClass = {
  name: 'redrives',
  about:
    "RedriveExecution of a run that has ended: before our own redrive, beside it at each of its steps, after it; of a customer's cancellation; after a rebooking; stopped again",
  *plans() {
    for (const end of [...stops, ...crashes]) {
      for (const event of ['event=lost', 'event=late@act2', 'event=late@a/end']) {
        yield `book,redrive-execution ${end} ${event}`;
      }
      for (const state of ['RouteAction', ...backward, 'end']) {
        yield `book+redrive-execution@a.rr-1/${state} ${end}`;
      }
      yield `book,redrive-execution ${end}`;
      yield `book,book,redrive-execution ${end}`;
      yield `book,redrive-execution,book,redrive-execution ${end} event=lost`;
      yield `book,redrive-execution,redrive-execution ${end} event=lost TakePayment=fail`;
      yield `book,cancel,redrive-execution ${end} event=lost`;
      for (const state of backward) yield `book,redrive-execution ${end} ConfirmBooking=fail ${state}=fail`;
    }
    for (const state of backward) {
      for (const event of ['', ' a.cancel/event=lost']) {
        yield `book,cancel,redrive-execution a.cancel/run=stop@${state}${event}`;
        yield `book,cancel,redrive-execution,book a.cancel/run=stop@${state}${event}`;
      }
      yield `book,cancel+redrive-execution@a.rc-1/${state} a.cancel/run=stop@CancelBooking`;
    }
  },
};
