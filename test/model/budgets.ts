import { byteOf, faultBudgetAt, requestBudgetAt, type State } from './layout.ts';
import type { Scenario } from './scenarios.ts';

/** How many faults, aborted runs, doubled events and cancellations may still come: four bits each. */
const low = (state: State, at: number): number => byteOf(state, at) & 15;
const high = (state: State, at: number): number => byteOf(state, at) >> 4;
function spend(state: State, at: number, amount: number): void {
  state[at] = byteOf(state, at) - amount;
}

export const faultsLeft = (state: State): number => low(state, faultBudgetAt);
export const abortsLeft = (state: State): number => high(state, faultBudgetAt);
export const duplicatesLeft = (state: State): number => low(state, requestBudgetAt);
export const cancellationsLeft = (state: State): number => high(state, requestBudgetAt);

export const spendFault = (state: State): void => spend(state, faultBudgetAt, 1);
export const spendAbort = (state: State): void => spend(state, faultBudgetAt, 16);
export const spendDuplicate = (state: State): void => spend(state, requestBudgetAt, 1);
export const spendCancellation = (state: State): void => spend(state, requestBudgetAt, 16);

export function fillBudgets(state: State, { faults, aborts, duplicates, cancellations }: Scenario): void {
  state[faultBudgetAt] = faults | (aborts << 4);
  state[requestBudgetAt] = duplicates | (cancellations << 4);
}
export function emptyBudgets(state: State): void {
  state[faultBudgetAt] = 0;
  state[requestBudgetAt] = 0;
}
