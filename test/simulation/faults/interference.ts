import type { Fault } from '../plans/plan.ts';
import type { CallPoint, Interference, Refusal, TaskPoint } from '../world/points.ts';
import { busyError, lastingError, unknownError } from './kinds.ts';
import { createMoments, type Moments } from './moments.ts';

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
}

/** Makes a plan's faults happen. `effects` is asked for when one does. */
export function createFaults(faults: readonly Fault[], effects: () => Effects): Faults {
  const moments = createMoments();
  const used = new Set<Fault>();
  const crashing = new Set<string>();
  let isMended = false;

  const find = (run: string, target: string, matches: (fault: Fault) => boolean): Fault | undefined => {
    if (isMended) return undefined;
    const fault = faults.find((one) => one.run === run && one.target === target && matches(one));
    // What is late has its effect once it comes.
    if (fault !== undefined && fault.kind !== 'late' && fault.kind !== 'slow') used.add(fault);
    return fault;
  };

  const later = (fault: Fault, run: string, work: () => Promise<unknown>): void =>
    moments.at(momentOf(fault.moment ?? 'end', run), () => {
      used.add(fault);
      return work();
    });

  async function task(point: TaskPoint, perform: () => Promise<unknown>): Promise<unknown> {
    const { run, state, attempt } = point;
    await moments.reach(`${run}/${state}`);
    if (crashing.delete(run)) throw errorOf('States.Runtime');
    const fault = find(run, state, ({ operation, nth = 1 }) => operation === undefined && attempt >= nth);
    if (fault === undefined) return perform();
    const tries = attempt - (fault.nth ?? 1);
    const { kind, times = 1 } = fault;
    switch (kind) {
      case 'fail':
        throw errorOf(lastingError);
      case 'hang':
        return never;
      case 'busy':
        if (tries < times) throw errorOf(busyError);
        return perform();
      case 'lost':
      case 'repeated':
        if (tries >= times) return perform();
        await perform();
        throw errorOf(kind === 'lost' ? unknownError : 'Lambda.Unknown');
      case 'twice': {
        if (tries >= times) return perform();
        const result = await perform();
        await perform().catch(() => {});
        return result;
      }
      case 'late':
      case 'slow':
        if (tries > 0) {
          if (kind === 'slow') return perform();
          throw errorOf(lastingError);
        }
        later(fault, run, perform);
        return never;
      default:
        throw new Error(`${kind} is no fault of a state: it is one of the kinds in faults/kinds.ts`);
    }
  }

  async function call<Reply>(
    { run, target, operation, nth, items }: CallPoint,
    perform: () => Promise<Reply>,
    refuse: (refusal: Refusal) => Reply,
  ): Promise<Reply> {
    const fault = find(run, target, (one) => one.operation === operation && nth >= (one.nth ?? 1));
    if (fault === undefined) return perform();
    const { kind, times = kind === 'fail' ? Number.POSITIVE_INFINITY : 1 } = fault;
    if (nth - (fault.nth ?? 1) >= times) return perform();
    switch (kind) {
      case 'throttle':
        return refuse({ code: 'ThrottlingException', status: 400 });
      case 'conflict':
        return refuse(conflictOf(operation, items));
      case 'fail':
        return refuse({ code: 'InternalServerError', status: 500 });
      case 'lost':
        await perform();
        throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET', name: 'TimeoutError' });
      default:
        throw new Error(`${kind} is no fault of a call: it is one of the kinds in faults/kinds.ts`);
    }
  }

  return {
    moments,
    used,
    mend() {
      isMended = true;
    },
    task,
    call,
    async event(run, deliver) {
      const fault = find(run, 'event', () => true);
      await moments.reach(`${run}/end`);
      if (fault?.kind === 'lost') return;
      if (fault?.kind === 'late') return later(fault, run, deliver);
      await deliver();
      if (fault?.kind === 'twice') await deliver();
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

const never = new Promise<never>(() => {});

const errorOf = (name: string): Error => Object.assign(new Error('Planned'), { name });

/** `CancelBooking` is the run's own; `a.rr-1/CancelBooking` names the run; words of the plan stand for themselves. */
function momentOf(moment: string, run: string): string {
  if (moment.includes('/') || /^(act\d+|healed)$/.test(moment)) return moment;
  return `${run}/${moment}`;
}

const conflictOf = (operation: string, items: number): Refusal =>
  operation === 'TransactWriteItems'
    ? {
        code: 'TransactionCanceledException',
        status: 400,
        reasons: Array.from({ length: items }, (_, index) => (index === 0 ? 'TransactionConflict' : 'None')),
      }
    : { code: 'TransactionConflictException', status: 400 };
