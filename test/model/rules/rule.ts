import type { ScenarioName } from '#test/model/scenarios.ts';

/** A rule of the saga that can be taken out, to see what it is for. */
export type Rule = {
  readonly says: string;
  /** Its name in the model that this one was made from, where it had one. */
  readonly was?: string;
} & (
  | {
      /** Without it this scenario, with its small bounds, breaks. */
      readonly shownBy: ScenarioName;
      /** Another rule that covers for it: both have to be out. */
      readonly with?: string;
    }
  | {
      /** No scenario breaks without it, and why. */
      readonly harmless: string;
    }
);
