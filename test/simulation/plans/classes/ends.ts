import { backward, forward } from '../states.ts';
import type { PlanClass } from './plan-class.ts';

/** Lines, and the run of each that is ended. */
const lines: readonly (readonly [line: string, run: string])[] = [
  ['book', 'a'],
  ['book ConfirmBooking=fail', 'a'],
  ['book ReserveFlight=lost', 'a'],
  ['book TakePayment=fail RefundPayment=fail', 'a'],
  ['book,cancel', 'a.cancel'],
  ['book run=stop@ConfirmFlight', 'a.rr-1'],
  ['book run=stop@ConfirmBooking', 'a.rr-1'],
  ['book,cancel a.cancel/run=stop@RefundPayment', 'a.rc-1'],
  ['book,book TakePayment=fail', 'b'],
  ['book,cancel,book', 'b'],
  ['book NotifyBookingConfirmed=fail', 'a'],
];

const kinds = ['stop', 'expire', 'crash'] as const;

export const ends: PlanClass = {
  name: 'ends',
  about:
    'a run that is stopped, times out or fails with a runtime error after each state; at work when it is stopped; again and again',
  async *plans(record) {
    for (const [line, run] of lines) {
      const whose = run === 'a' ? '' : `${run}/`;
      const states = (await record(line)).states.get(run) ?? [];
      // Behind the end states, whose names are sentences, nothing is left to end.
      for (const state of new Set(states.filter((one) => !one.includes(' ')))) {
        for (const kind of kinds) {
          yield `${line} ${whose}run=${kind}@${state}`;
          for (const what of ['lost', 'twice', 'late@healed', 'cut']) {
            yield `${line} ${whose}run=${kind}@${state} ${whose}event=${what}`;
          }
        }
      }
      const tasks = [...forward, ...backward].filter((state) => states.includes(state));
      const [letter = ''] = run.split('.');
      const redrive = run.includes('cancel') ? `${letter}.rc-1` : `${letter}.rr-1`;
      const moments = ['end', `${redrive}/end`, ...backward.map((state) => `${redrive}/${state}`), 'healed'];
      for (const state of tasks) for (const moment of moments) yield `${line} ${whose}${state}=orphan@${moment}`;
    }
    yield* stoppedAgain('book run=stop@TakePayment', 'a.rr');
    yield* stoppedAgain('book,cancel a.cancel/run=stop@CancelBooking', 'a.rc');
  },
};

/** Up to the letter of the last redrive, and one further. */
function* stoppedAgain(line: string, redrives: string): Iterable<string> {
  for (const state of ['RouteAction', ...backward, 'PeelBack', 'CompensationOutcome', 'FinalOutcome']) {
    let words = line;
    for (let redrive = 1; redrive <= 6; redrive++) {
      words += ` ${redrives}-${redrive}/run=stop@${state}`;
      yield words;
    }
  }
}
