import { backward, forward, layers, undone } from '../states.ts';
import type { PlanClass } from './plan-class.ts';

export const releases: PlanClass = {
  name: 'releases',
  about:
    'a release while a run of the release before is at each of its states: the run keeps its state machine, with the functions of now; redrives and cancellations take the new one',
  *plans() {
    for (const state of forward) {
      const line = `book+release@a/${state}`;
      for (const then of ['', ',cancel', ',book', ',cancel,book']) yield `${line}${then}`;
      for (const failing of undone) for (const kind of ['fail', 'lost']) yield `${line} ${failing}=${kind}`;
      for (const event of ['', ' event=lost', ' event=cut', ' event=twice']) {
        for (const then of ['', ',book', ',redrive-execution']) yield `${line}${then} run=stop@${state}${event}`;
      }
      for (const kind of ['late@end', 'late@healed', 'late@a/CancelBooking', 'repeated', 'twice']) {
        yield `${line} ${state}=${kind}`;
      }
    }
    for (const state of backward) {
      const lines = [`book+release@a/${state} ConfirmBooking=fail`, `book,cancel+release@a.cancel/${state}`];
      for (const [line, run] of [
        [lines[0], ''],
        [lines[1], 'a.cancel/'],
      ]) {
        yield `${line}`;
        for (const layer of [...layers, 'CloseBooking']) yield `${line} ${run}${layer}=fail`;
        yield `${line} ${run}run=stop@${state}`;
        yield `${line} ${run}${state}=lost*4`;
      }
    }
    for (const state of undone) yield `book,release,cancel,book b/${state}=fail`;
    for (const state of ['TakePayment', 'ConfirmBooking', 'CancelBooking']) {
      yield `book+release@a.rr-1/${state} run=stop@TakePayment`;
    }
  },
};
