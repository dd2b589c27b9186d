import { createVirtualTime } from '#embedded/testing.ts';
import { callKinds, eventKinds, runKinds, taskKinds } from '../faults/kinds.ts';
import { type Act, type Fault, type Plan, textOf } from './plan.ts';
import { backward, forward } from './states.ts';

const firstActs = ['book', 'book', 'book', 'post'] as const;
const furtherActs = [
  'book',
  'book',
  'cancel',
  'cancel',
  'other',
  'post',
  'undo',
  'undo-customer',
  'letters',
  'letters-twice',
  'wait',
  'reconcile',
  'audit',
  'again',
  'forget',
  'redrive-execution',
] as const;
const runs = ['a', 'a', 'b', 'a.cancel', 'a.rr-1', 'a.rr-2', 'a.rc-1', 'b.cancel', 'b.rr-1'] as const;
const operations = ['TransactWriteItems', 'UpdateItem', 'PutItem', 'GetItem', 'DeleteItem', 'Query'] as const;
const beside = [
  ['redrive-booking', ['StartExecution', 'SendMessage', 'DescribeExecution', 'GetItem']],
  ['bookings', ['GetItem', 'PutItem', 'UpdateItem', 'StartExecution']],
  ['credit-loyalty', ['TransactWriteItems', 'PutItem']],
  ['reconcile-bookings', ['Query', 'GetItem', 'StartExecution']],
  ['audit-seat-holds', ['Query', 'BatchGetItem', 'UpdateItem']],
] as const;

/** A plan that chance makes; a seed makes the same one each time. */
export function randomPlan(seed: number): string {
  const { fraction } = createVirtualTime({ seed }).randomness;
  const below = (limit: number): number => Math.floor(fraction() * limit);
  const pick = <Value>(values: readonly Value[]): Value => values[below(values.length)] as Value;
  const stateOf = (run: string): string => pick(run.includes('.') ? backward : [...forward, ...backward]);

  function moment(): string {
    const kind = below(6);
    if (kind === 0) return 'healed';
    if (kind === 1) return `act${1 + below(3)}`;
    if (kind === 2) return 'end';
    const run = pick(runs);
    return `${run}/${stateOf(run)}`;
  }

  function fault(): Fault {
    const run = pick(runs);
    switch (below(8)) {
      case 0:
        return { run, target: 'run', kind: pick(Object.keys(runKinds)), moment: stateOf(run) };
      case 1:
        return { run, target: 'event', kind: pick(Object.keys(eventKinds)), moment: 'healed' };
      case 2:
        return { run: 'a', target: 'write', nth: 1 + below(60), kind: 'kill' };
      case 3: {
        const [target, own] = pick(beside);
        const kind = pick(['throttle', 'conflict', 'lost', 'fail']);
        return { run: 'beside', target, operation: pick(own), nth: 1 + below(3), kind, times: 1 + below(4) };
      }
      case 4: {
        const kind = pick(Object.keys(callKinds).filter((one) => one !== 'stale'));
        const call = { run, target: stateOf(run), operation: pick(operations), nth: 1 + below(2), kind };
        return { ...call, times: 1 + below(4), moment: moment() };
      }
      default:
        return { run, target: stateOf(run), kind: pick(Object.keys(taskKinds)), times: 1 + below(4), moment: moment() };
    }
  }

  const acts: Act[] = [{ what: pick(firstActs), beside: false }];
  for (let more = below(4); more > 0; more--) acts.push({ what: pick(furtherActs), beside: fraction() < 0.4 });
  const faults = Array.from({ length: below(5) }, fault);
  const order = acts.some((act) => act.beside) ? { order: Array.from({ length: 40 }, () => below(3)) } : {};
  const plan: Plan = { acts, faults, ...order, seats: 1 + below(3) };
  return textOf(plan);
}
