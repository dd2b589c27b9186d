import { fillBudgets } from './budgets.ts';
import { status, statusOf } from './header.ts';
import { brokenSafety, isCalm } from './invariants.ts';
import { type State, seatsAt, stateBytes } from './layout.ts';
import { allRulesBut, type RuleName } from './rules.ts';
import type { Scenario } from './scenarios.ts';
import { brokenWhenSettled } from './settle.ts';
import { StateStore } from './state-store.ts';
import { sortParts, successors } from './successors.ts';
import type { World } from './world.ts';

export interface Step {
  readonly what: string;
  readonly after: State;
}

export interface Verdict {
  /** What is broken, in words, and the shortest way there; undefined where nothing is. */
  readonly violation: { readonly broken: string; readonly steps: readonly Step[] } | undefined;
  /** Whether there were more states than were allowed. */
  readonly cutOff: boolean;
  readonly states: number;
  readonly transitions: number;
  readonly calmStates: number;
  readonly calmConfirmed: number;
}

/** Breadth first through all states, so that the first violation is one of the shortest. */
export function explore(scenario: Scenario, takenOut: readonly RuleName[], mostStates = 40e6): Verdict {
  const world: World = { scenario, rules: allRulesBut(takenOut), violation: undefined };
  const store = new StateStore();
  const current = new Uint8Array(stateBytes);
  const currentWords = new Uint32Array(current.buffer);
  current[seatsAt] = scenario.seats << 4;
  fillBudgets(current, scenario);
  store.add(currentWords, -1);
  let transitions = 0;
  let calmStates = 0;
  let calmConfirmed = 0;
  let found: { broken: string; last: Step } | undefined;
  let index = 0;
  const visit = (next: State, label: () => string): void => {
    if (found !== undefined) return;
    transitions++;
    sortParts(next);
    let broken = world.violation;
    if (broken === undefined) {
      if (!store.add(wordsOf(next), index)) return;
      broken = brokenSafety(world, next);
      if (broken === undefined && isCalm(next)) {
        calmStates++;
        if (statusOf(next, 0) === status.confirmed) calmConfirmed++;
        broken = brokenWhenSettled(world, next);
      }
    }
    if (broken !== undefined) found = { broken, last: { what: label(), after: next.slice() } };
  };
  const figures = () => ({ states: store.size, transitions, calmStates, calmConfirmed });
  for (; index < store.size; index++) {
    store.read(index, currentWords);
    successors(world, current, visit);
    if (found !== undefined) {
      const { broken, last } = found as { broken: string; last: Step };
      return { violation: { broken, steps: [...stepsTo(world, store, index), last] }, cutOff: false, ...figures() };
    }
    if (store.size > mostStates) return { violation: undefined, cutOff: true, ...figures() };
  }
  return { violation: undefined, cutOff: false, ...figures() };
}

const wordsOf = (state: State): Uint32Array => new Uint32Array(state.buffer, state.byteOffset, stateBytes / 4);

/** The way to a state, found again step by step: only its states were kept. */
function stepsTo(world: World, store: StateStore, index: number): Step[] {
  const path: number[] = [];
  for (let at = index; at >= 0; at = store.parentOf(at)) path.unshift(at);
  const from = new Uint8Array(stateBytes);
  const to = new Uint8Array(stateBytes);
  return path.slice(1).map((after, position) => {
    store.read(path[position] as number, new Uint32Array(from.buffer));
    store.read(after, new Uint32Array(to.buffer));
    let what: string | undefined;
    successors({ ...world, violation: undefined }, from, (next, label) => {
      sortParts(next);
      if (what === undefined && next.every((byte, at) => byte === to[at])) what = label();
    });
    return { what: what ?? '?', after: to.slice() };
  });
}
