import type { Scenario } from '#test/model/scenarios.ts';
import { budgetsAt, byteOf, type State } from './layout.ts';

/** The faults and events that are still allowed, four bits each. */
const budgets = ['faults', 'aborts', 'duplicates', 'cancellations', 'lostEvents'] as const;
export type Budget = (typeof budgets)[number];

const placeOf = Object.fromEntries(
  budgets.map((name, index) => [name, { at: budgetsAt + (index >> 1), shift: (index & 1) * 4 }]),
) as Record<Budget, { at: number; shift: number }>;

export function left(state: State, budget: Budget): number {
  const { at, shift } = placeOf[budget];
  return (byteOf(state, at) >> shift) & 15;
}

export function spend(state: State, budget: Budget): void {
  const { at, shift } = placeOf[budget];
  state[at] = byteOf(state, at) - (1 << shift);
}

export function fillBudgets(state: State, scenario: Scenario): void {
  for (const budget of budgets) {
    const { at, shift } = placeOf[budget];
    state[at] = byteOf(state, at) | (scenario[budget] << shift);
  }
}

export function emptyBudgets(state: State): void {
  for (const budget of budgets) state[placeOf[budget].at] = 0;
}

/** As much as there is room for, where no bounds are meant. */
export function refillBudgets(state: State): void {
  for (const budget of budgets) state[placeOf[budget].at] = 0xff;
}
