import type { Removable } from '#test/model/rules/rules.ts';
import type { Patch } from '../mends/patch.ts';

/** What a worker is told. */
export interface Share {
  readonly classes: readonly string[];
  /** This one of so many workers. */
  readonly worker: number;
  readonly workers: number;
  /** Each so many-th plan of a class alone. */
  readonly every: number;
  readonly patches: readonly Patch[];
  /** Rules that the model does without. */
  readonly takenOut: readonly Removable[];
}
