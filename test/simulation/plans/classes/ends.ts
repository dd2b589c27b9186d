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
      const states = behindItsFault(line, (await record(line)).states.get(run) ?? []);
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
      const redrive = redriveOf(run);
      const moments = ['end', `${redrive}/end`, ...backward.map((state) => `${redrive}/${state}`), 'healed'];
      for (const state of tasks) for (const moment of moments) yield `${line} ${whose}${state}=orphan@${moment}`;
    }
    yield* stoppedAgain('book run=stop@TakePayment', 'a.rr');
    yield* stoppedAgain('book,cancel a.cancel/run=stop@CancelBooking', 'a.rc');
  },
};

/** A run that ends before its fault is one of another line. */
function behindItsFault(line: string, states: readonly string[]): readonly string[] {
  const [, fault = ''] = /^book (\w+)=/.exec(line) ?? [];
  return states.slice(Math.max(0, states.indexOf(fault)));
}

/** The one that follows where the run ends: `a.rr-1` after `a`, `a.rr-2` after that, `a.rc-1` after `a.cancel`. */
function redriveOf(run: string): string {
  const [letter, kind = 'rr-0'] = run.split('.');
  const [way, number] = (kind === 'cancel' ? 'rc-0' : kind).split('-');
  return `${letter}.${way}-${Number(number) + 1}`;
}

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
