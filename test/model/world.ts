import { byteOf, memoriesAt, type State } from './layout.ts';
import type { Rules } from './rules.ts';
import type { Scenario } from './scenarios.ts';

/** What every part of the model goes by. */
export interface World {
  readonly scenario: Scenario;
  readonly rules: Rules;
  /** What a write has broken, in words; the search looks after each step. */
  violation: string | undefined;
}

/** Takes a state that a step has led to; it is copied before the next step is tried. */
export type Emit = (next: State, label: () => string) => void;

export const nameOf = (execution: number): string => `E${execution + 1}`;

/** What the model remembers about executions beside what is stored: a bit each. */
const confirmedAt = 0;
const askedAt = 4;
export const adminDeletedBit = 1 << 7;

const remembers = (state: State, bit: number): boolean => ((byteOf(state, memoriesAt) >> bit) & 1) === 1;
function remember(state: State, bit: number): void {
  state[memoriesAt] = byteOf(state, memoriesAt) | (1 << bit);
}

/** The run has seen its commit succeed. */
export const knowsItsCommit = (state: State, execution: number): boolean => remembers(state, confirmedAt + execution);
export const rememberCommit = (state: State, execution: number): void => remember(state, confirmedAt + execution);
/** The customer has asked to cancel it. */
export const wasAsked = (state: State, execution: number): boolean => remembers(state, askedAt + execution);
export const rememberAsked = (state: State, execution: number): void => remember(state, askedAt + execution);
