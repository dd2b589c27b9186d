import type { Fault } from '../plans/plan.ts';
import { busyErrorOf, errorOf, lastingError, never, unknownError, unknownOutcomeOf } from './kinds.ts';

/** One attempt of a Task that a fault is for. */
export interface Attempt {
  readonly fault: Fault;
  /** Attempts before it that the fault was for, too. */
  readonly earlier: number;
  readonly perform: () => Promise<unknown>;
  /** Does the work at the fault's moment. */
  readonly later: (work: () => Promise<unknown>) => void;
  /** Ends the run, as StopExecution does. */
  readonly stop: () => void;
}

/** @throws the error that the machine sees */
export async function faultyTask({ fault, earlier, perform, later, stop }: Attempt): Promise<unknown> {
  const { target, kind, times = 1 } = fault;
  const isOver = earlier >= times;
  switch (kind) {
    case 'fail':
      throw errorOf(lastingError);
    case 'hang':
      return never();
    case 'busy':
      if (isOver) return perform();
      throw errorOf(busyErrorOf(target));
    case 'lost':
    case 'repeated':
      if (isOver) return perform();
      await perform();
      throw errorOf(kind === 'lost' ? unknownError : unknownOutcomeOf(target));
    case 'twice': {
      const result = await perform();
      if (!isOver) await perform().catch(() => {});
      return result;
    }
    case 'beside': {
      if (isOver) return perform();
      const [result] = await Promise.all([perform(), perform().catch(() => {})]);
      return result;
    }
    case 'late':
      if (earlier > 0) throw errorOf(lastingError);
      later(perform);
      return never();
    case 'slow':
      if (earlier > 0) return perform();
      later(perform);
      return never();
    case 'held':
      if (isOver) return perform();
      return new Promise((resolve, reject) => later(() => perform().then(resolve, reject)));
    case 'orphan':
      later(perform);
      stop();
      return never();
    default:
      throw new Error(`${kind} is no fault of a state: it is one of the kinds in faults/kinds.ts`);
  }
}
