import { inputs } from './inputs.ts';
import { singles } from './singles.ts';

/** A kind of plan. */
export interface PlanClass {
  readonly name: string;
  readonly about: string;
  /** Lines that `parsePlan` reads. */
  readonly plans: () => Iterable<string>;
}

/** All that `--all` explores, in order. */
export const classes: readonly PlanClass[] = [
  { name: 'singles', about: 'one fault of one step, forward and backward', plans: singles },
  { name: 'inputs', about: 'inputs that the machine or its first step refuses', plans: inputs },
];
