import type { Fault } from '../plans/plan.ts';
import type { CallPoint, Interference } from '../world/points.ts';
import { faultyCall } from './call-faults.ts';
import { comesLater, errorOf, eventualKinds } from './kinds.ts';
import { createMoments, type Moments } from './moments.ts';
import { faultyTask } from './task-faults.ts';

/** What the faults do to the world. */
export interface Effects {
  stop(run: string): void;
  expire(run: string): void;
  kill(): void;
}

export interface Faults extends Interference {
  readonly moments: Moments;
  /** The cause is mended: nothing further goes wrong. */
  mend(): void;
  /** Faults that had their effect. */
  readonly used: ReadonlySet<Fault>;
  /** Faults that ask for an old answer where one read at least is consistent. */
  readonly consistent: ReadonlySet<Fault>;
  /** Every call of AWS so far. */
  readonly calls: readonly CallPoint[];
}

/** Makes a plan's faults happen. `effects` is asked for when one does. */
export function createFaults(faults: readonly Fault[], effects: () => Effects): Faults {
  const moments = createMoments();
  const used = new Set<Fault>();
  const consistent = new Set<Fault>();
  const crashing = new Set<string>();
  const calls: CallPoint[] = [];
  let isMended = false;

  const find = (run: string, target: string, matches: (fault: Fault) => boolean): Fault | undefined => {
    if (isMended) return undefined;
    const fault = faults.find((one) => one.run === run && one.target === target && matches(one));
    if (fault !== undefined && !comesLater.has(fault.kind) && !eventualKinds.has(fault.kind)) used.add(fault);
    return fault;
  };

  const later =
    (fault: Fault, run: string) =>
    (work: () => Promise<unknown>): void =>
      moments.at(momentOf(fault.moment ?? 'end', run), () => {
        used.add(fault);
        return work();
      });

  return {
    moments,
    used,
    consistent,
    calls,
    mend() {
      isMended = true;
    },

    async task({ run, state, attempt }, perform) {
      await moments.reach(`${run}/${state}`);
      await moments.reach(`${run}/${state}#${attempt}`);
      if (crashing.delete(run)) throw errorOf('States.Runtime');
      const fault = find(run, state, ({ operation, nth = 1 }) => operation === undefined && attempt >= nth);
      if (fault === undefined) return perform();
      const stop = () => effects().stop(run);
      return faultyTask({ fault, earlier: attempt - (fault.nth ?? 1), perform, later: later(fault, run), stop });
    },

    async call(point, perform, replies) {
      calls.push(point);
      const { run, target, operation, nth } = point;
      const fault = find(run, target, (one) => one.operation === operation && nth >= (one.nth ?? 1));
      if (fault === undefined) return perform();
      const earlier = nth - (fault.nth ?? 1);
      if (eventualKinds.has(fault.kind) && !point.isEventual) consistent.add(fault);
      const parts = { fault, point, earlier, perform, later: later(fault, run), used: () => used.add(fault) };
      return faultyCall({ ...parts, ...replies });
    },

    async event(run, deliver, cut) {
      const fault = find(run, 'event', () => true);
      await moments.reach(`${run}/end`);
      switch (fault?.kind) {
        case undefined:
          return deliver();
        case 'lost':
          return;
        case 'late':
          return later(fault, run)(deliver);
        case 'cut':
          return cut();
        default:
          await deliver();
          return deliver();
      }
    },

    left(run, state) {
      const fault = find(run, 'run', ({ moment }) => moment === state);
      if (fault?.kind === 'stop') effects().stop(run);
      if (fault?.kind === 'expire') effects().expire(run);
      if (fault?.kind === 'crash') crashing.add(run);
    },

    wrote(number) {
      if (find('a', 'write', ({ nth }) => nth === number) !== undefined) effects().kill();
    },
  };
}

/** `CancelBooking` is the run's own; `a.rr-1/CancelBooking` names the run; words of the plan stand for themselves. */
function momentOf(moment: string, run: string): string {
  if (moment.includes('/') || /^(act\d+|healed)$/.test(moment)) return moment;
  return `${run}/${moment}`;
}
