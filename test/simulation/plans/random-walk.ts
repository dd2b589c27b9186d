import { createVirtualTime } from '#embedded/testing.ts';
import { eventKinds, runKinds } from '../faults/kinds.ts';
import { mostOfAct } from '../refinement/scope.ts';
import { stepDoneBy } from '../refinement/states-of-model.ts';
import { type Act, type Fault, type Plan, textOf } from './plan.ts';
import { backward, forward } from './states.ts';

const furtherActs = [
  ...['cancel', 'cancel', 'cancel', 'book', 'book', 'other', 'other'],
  ...['letters', 'reconcile', 'audit', 'wait'],
] as const;
const taskKinds = ['fail', 'lost', 'lost', 'repeated', 'late', 'slow', 'hang', 'orphan', 'orphan', 'busy'] as const;
const callKinds = ['lost', 'fail', 'late', 'slow', 'throttle', 'conflict'] as const;
const beside = [
  ['redrive-booking', ['StartExecution', 'SendMessage', 'GetItem', 'UpdateItem']],
  ['bookings', ['UpdateItem', 'StartExecution']],
  ['reconcile-bookings', ['Query', 'StartExecution']],
  ['audit-seat-holds', ['BatchGetItem', 'UpdateItem']],
] as const;

const known = (states: readonly string[]): readonly string[] => states.filter((name) => stepDoneBy(name) !== undefined);
const steps = { forward: known(forward), backward: known(backward) };

/** A plan of what the model knows, by chance: mostly one or two bookings that much happens to. A seed makes the same one each time. */
export function randomWalk(seed: number): string {
  const { fraction } = createVirtualTime({ seed }).randomness;
  const below = (limit: number): number => Math.floor(fraction() * limit);
  const pick = <Value>(values: readonly Value[]): Value => values[below(values.length)] as Value;
  const acts: Act[] = [{ what: 'book', beside: false }];
  for (let more = below(4); more > 0; more--) {
    const what = pick(furtherActs);
    const count = acts.filter((act) => act.what === what).length;
    if (count < (mostOfAct[what] ?? Number.POSITIVE_INFINITY)) acts.push({ what, beside: fraction() < 0.4 });
  }
  const bookings = acts.filter(({ what }) => what in mostOfAct).map((_, index) => 'abc'[index] as string);
  const hasCancel = acts.some(({ what }) => what === 'cancel');
  const runs = [...bookings, 'a', ...(hasCancel ? ['a.cancel', 'a.cancel'] : [])];
  const faults: Fault[] = [];

  const momentFor = (run: string): string =>
    pick([
      'healed',
      `act${1 + below(acts.length)}`,
      'end',
      `${run}/${pick(steps.backward)}`,
      `${pick(runs)}/CancelBooking`,
    ]);
  const stateOf = (run: string, isUndone: boolean): string =>
    pick(run.includes('.') || isUndone ? steps.backward : steps.forward);

  /** Of a run that is redriven for it, whose redrive may go wrong, too. */
  function runFault(run: string): void {
    const kind = pick(Object.keys(runKinds));
    faults.push({ run, target: 'run', kind, moment: stateOf(run, false) });
    const redrive = run.endsWith('.cancel') ? run.replace('cancel', 'rc-1') : `${run}.rr-1`;
    if (fraction() < 0.5) taskFault(redrive, stateOf(redrive, true));
    if (fraction() < 0.2) faults.push({ run, target: 'event', kind: pick(Object.keys(eventKinds)), moment: 'healed' });
  }

  function taskFault(run: string, target: string): void {
    faults.push({ run, target, kind: pick(taskKinds), times: 1 + below(2), moment: momentFor(run) });
  }

  function besideFault(): void {
    const [target, own] = pick(beside);
    const kind = pick(['throttle', 'lost', 'fail']);
    faults.push({ run: 'beside', target, operation: pick(own), nth: 1, kind, times: 1 + below(4) });
  }

  function callFault(run: string): void {
    const target = stateOf(run, false);
    const [operation, kind] = [pick(operationsOf(target)), pick(callKinds)];
    faults.push({ run, target, operation, nth: 1, kind, times: 1 + below(4), moment: momentFor(run) });
  }

  function fault(): void {
    const run = pick(runs);
    const what = below(8);
    if (what < 2) runFault(run);
    else if (what === 2) besideFault();
    else if (what === 3) callFault(run);
    else taskFault(run, stateOf(run, false));
    // Something that is undone, and goes wrong on the way.
    if (what === 4) taskFault(run, stateOf(run, true));
  }

  for (let more = 1 + below(2); more > 0; more--) fault();
  const order = acts.some((act) => act.beside) ? { order: Array.from({ length: 40 }, () => below(3)) } : {};
  const plan: Plan = { acts, faults, ...order, seats: 1 + below(3) };
  return textOf(plan);
}

/** What the state's function asks of AWS. */
function operationsOf(state: string): readonly string[] {
  if (state === 'ReserveBooking') return ['PutItem'];
  if (state === 'ReserveHotel') return ['TransactWriteItems'];
  if (state === 'TakePayment') return ['TransactWriteItems', 'UpdateItem'];
  if (state === 'RefundPayment') return ['UpdateItem', 'DeleteItem'];
  if (state === 'CancelHotelReservation') return ['DeleteItem'];
  if (state === 'CloseBooking') return ['Query', 'UpdateItem'];
  return state.startsWith('Notify') ? ['GetItem', 'Publish', 'UpdateItem'] : ['UpdateItem'];
}
