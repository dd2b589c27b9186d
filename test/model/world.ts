import { type Delivery, deliveriesOf } from '#test/model/promises/loyalty.ts';
import { allBut, type Removable, type Rules } from '#test/model/rules/rules.ts';
import type { State } from '#test/model/state/layout.ts';
import type { Action } from './action.ts';
import type { Scenario } from './scenarios.ts';

/** The context of every part of the model. */
export interface World {
  readonly scenario: Scenario;
  readonly rules: Rules;
  /** By the messages that are out, as bits: what may come of them on the loyalty account. */
  readonly deliveries: readonly (readonly Delivery[])[];
  /** The promise that a write has broken, in words; the search checks it after each step. */
  violation: string | undefined;
}

export function worldOf(scenario: Scenario, takenOut: readonly Removable[]): World {
  const rules = allBut(takenOut);
  const deliveries = [0, 1, 2, 3].map((published) => deliveriesOf(published, rules));
  return { scenario, rules, deliveries, violation: undefined };
}

/** Takes a state that an action has led to, before the next one is tried. */
export type Emit = (next: State, action: () => Action) => void;

export const nameOf = (execution: number): string => `E${execution + 1}`;

export const areOneCustomers = ({ scenario }: World, one: number, other: number): boolean =>
  scenario.customers[one] === scenario.customers[other];
