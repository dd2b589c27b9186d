import type { Fault, Plan } from '../plans/plan.ts';

/** What a plan has in store for a run's step. */
export interface FaultAt {
  /** Whether the plan interferes with it. */
  readonly isFaulty: boolean;
  /** Whether its work may still be done when its run has given it up. */
  readonly mayLand: boolean;
  /** Whether it ends the run. */
  readonly mayBreak: boolean;
}

export interface PlanFaults {
  /** Whether the plan ends the run. */
  breaks(run: string): boolean;
  at(run: string, state: string): FaultAt;
}

/** Kinds whose work may still be done when its run has given it up: what is held begins later, and its run waits. */
const landsLate: ReadonlySet<string> = new Set(['late', 'slow', 'orphan']);
const mayBreakRun = ({ target, kind }: Fault): boolean => target === 'run' || kind === 'orphan';

export function planFaults({ faults }: Plan): PlanFaults {
  const breaks = (run: string) => faults.some((fault) => fault.run === run && mayBreakRun(fault));
  return {
    breaks,
    at(run, state) {
      const here = faults.filter((fault) => fault.run === run && fault.target === state);
      return {
        isFaulty: here.length > 0 || breaks(run),
        mayLand: here.some(({ kind }) => landsLate.has(kind)),
        mayBreak: breaks(run),
      };
    },
  };
}
