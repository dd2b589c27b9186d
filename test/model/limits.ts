import type { Removable } from './rules/rules.ts';
import { type Scenario, scenarioOf } from './scenarios.ts';

/** The limits of the rules: with all of them in force, these things still happen. */
export interface Limit {
  readonly says: string;
  readonly scenario: Scenario;
  readonly takenOut: readonly Removable[];
}

export const limits = {
  overtaken: {
    says:
      'A message that is held up between its look at the header and its publishing may come out after the message of what ' +
      'has become of the booking meanwhile. The model takes the two for one step. Points are right all the same.',
    scenario: scenarioOf('one', 'small'),
    takenOut: ['publishFollowsItsRead'],
  },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof limits;
export const limitNames = Object.keys(limits) as LimitName[];
