import { createVirtualTime } from '#embedded/testing.ts';
import { comesLater, eventKinds, eventualKinds, runKinds, taskKinds } from '../faults/kinds.ts';
import { type Act, type Fault, kindsOf, type Plan, textOf } from './plan.ts';
import type { Record, Recording } from './recording.ts';
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
const tasks: ReadonlySet<string> = new Set([...forward, ...backward]);
/** All calls of one operation are one target: a plan has one fault for them. */
const targetOf = ({ run, target, operation = '' }: Pick<Fault, 'run' | 'target' | 'operation'>): string =>
  `${run}/${target}.${operation}`;

/**
 * A plan that chance makes; a seed makes the same one each time. Each fault is at a place that the plan so far comes to, and one
 * that keeps any of them from its effect is left out.
 */
export async function randomPlan(seed: number, record: Record): Promise<string> {
  const { fraction } = createVirtualTime({ seed }).randomness;
  const below = (limit: number): number => Math.floor(fraction() * limit);
  const pick = <Value>(values: readonly Value[]): Value => values[below(values.length)] as Value;

  /** Of what comes late. What is delayed may send its run another way: to the states that undo it. */
  function moment({ acts }: Plan, run: string, afterwards: readonly string[]): string {
    const kind = below(6);
    if (kind === 0) return 'healed';
    if (kind === 1) return `act${acts.length - below(Math.min(2, acts.length))}`;
    if (kind < 4 && afterwards.length > 0) return pick(afterwards);
    if (run === 'beside') return 'healed';
    return kind === 5 ? 'end' : `${run}/${pick(backward)}`;
  }

  /** Undefined where nothing comes of the plan so far. */
  function faultOf(plan: Plan, recording: Recording): Fault | undefined {
    const { failed, calls, writes } = recording;
    const places = recording.places.filter(({ state }) => tasks.has(state));
    const taken = new Set(plan.faults.map(targetOf));
    const atCall = (isBeside: boolean): Fault | undefined => {
      const free = calls.filter((call) => (call.run === 'beside') === isBeside && !taken.has(targetOf(call)));
      if (free.length === 0) return undefined;
      const { run, target, operation, nth, isEventual } = pick(free);
      const kind = pick(kindsOf(target, operation).filter((one) => isEventual || !eventualKinds.has(one)));
      const anywhere = places.map((one) => `${one.run}/${one.state}`);
      const when = comesLater.has(kind) ? { moment: moment(plan, run, anywhere) } : { times: 1 + below(4) };
      return { run, target, operation, nth, kind, ...when };
    };
    const atState = (): Fault | undefined => {
      const free = places.filter(({ run, state }) => !taken.has(targetOf({ run, target: state })));
      if (free.length === 0) return undefined;
      const place = pick(free);
      const { run, state: target } = place;
      const kind = pick(Object.keys(taskKinds));
      const later = places.slice(places.indexOf(place) + 1).map((one) => `${one.run}/${one.state}`);
      const when = comesLater.has(kind) ? { moment: moment(plan, run, later) } : { times: 1 + below(4) };
      return { run, target, kind, ...when };
    };
    const ofRun = (): Fault | undefined => {
      if (places.length === 0) return undefined;
      const { run, state } = pick(places);
      return { run, target: 'run', kind: pick(Object.keys(runKinds)), moment: state };
    };
    const ofEvent = (): Fault | undefined =>
      failed.length === 0
        ? undefined
        : { run: pick(failed), target: 'event', kind: pick(Object.keys(eventKinds)), moment: 'healed' };
    switch (below(8)) {
      case 0:
        return ofRun();
      case 1:
        return ofEvent() ?? ofRun();
      case 2:
        return { run: 'a', target: 'write', nth: 1 + below(writes), kind: 'kill' };
      case 3:
        return atCall(true) ?? atState();
      case 4:
        return atCall(false) ?? atState();
      default:
        return atState();
    }
  }

  const acts: Act[] = [{ what: pick(firstActs), beside: false }];
  for (let more = below(4); more > 0; more--) acts.push({ what: pick(furtherActs), beside: fraction() < 0.4 });
  const order = acts.some((act) => act.beside) ? { order: Array.from({ length: 40 }, () => below(3)) } : {};
  let plan: Plan = { acts, faults: [], ...order, seats: 1 + below(3) };
  for (let more = below(6); more > 0; more--) {
    const fault = faultOf(plan, await record(textOf(plan)));
    if (fault === undefined) break;
    const longer = { ...plan, faults: [...plan.faults, fault] };
    if ((await record(textOf(longer))).isWhole) plan = longer;
  }
  return textOf(plan);
}
