import type { Action } from '#test/model/action.ts';
import { brokenSafety, isCalm } from '#test/model/promises/promises.ts';
import { brokenWhenSettled } from '#test/model/promises/settle.ts';
import type { Removable } from '#test/model/rules/rules.ts';
import type { Scenario } from '#test/model/scenarios.ts';
import { fillBudgets } from '#test/model/state/budgets.ts';
import { writeFreeSeats } from '#test/model/state/holdings.ts';
import { type State, stateBytes } from '#test/model/state/layout.ts';
import { type World, worldOf } from '#test/model/world.ts';
import { makeCanonical } from './canonical.ts';
import { StateStore } from './state-store.ts';
import { successors } from './successors.ts';

export interface Step {
  readonly what: string;
  readonly after: State;
}

export interface Verdict {
  /** The broken promise, in words, and the shortest way to it; undefined if none is broken. */
  readonly violation: { readonly broken: string; readonly steps: readonly Step[] } | undefined;
  /** Until the violation, if there is one. */
  readonly states: number;
  readonly transitions: number;
  /** Of these states, those in which nothing is left to do but for the reconciler. */
  readonly ends: number;
}

export interface SearchOptions {
  readonly takenOut?: readonly Removable[];
  /** Told of every action, for what it takes to say all of them. */
  readonly note?: (action: Action) => void;
  /** For the comparison with and without it. */
  readonly dropsSpentWrites?: boolean;
}

/** Breadth first through all states, so that the first violation is one of the shortest. */
export function explore(
  scenario: Scenario,
  { takenOut = [], dropsSpentWrites = true, note }: SearchOptions = {},
): Verdict {
  return new Search(worldOf(scenario, takenOut), dropsSpentWrites && takenOut.length === 0, note).run();
}

class Search {
  readonly #world: World;
  readonly #dropsSpentWrites: boolean;
  readonly #note: SearchOptions['note'];
  readonly #store = new StateStore();
  #transitions = 0;
  #ends = 0;
  #expanded = 0;
  #found: { readonly broken: string; readonly lastSteps: readonly Step[] } | undefined;

  constructor(world: World, dropsSpentWrites: boolean, note: SearchOptions['note']) {
    this.#note = note;
    this.#world = world;
    this.#dropsSpentWrites = dropsSpentWrites;
  }

  run(): Verdict {
    const current = new Uint8Array(stateBytes);
    writeFreeSeats(current, this.#world.scenario.seats);
    fillBudgets(current, this.#world.scenario);
    this.#store.add(current, -1);
    for (; this.#expanded < this.#store.size && this.#found === undefined; this.#expanded++) {
      this.#store.read(this.#expanded, current);
      successors(this.#world, current, this.#visit);
    }
    return { violation: this.#violation(), states: this.#store.size, transitions: this.#transitions, ends: this.#ends };
  }

  readonly #visit = (next: State, action: () => Action): void => {
    if (this.#found !== undefined) return;
    this.#transitions++;
    this.#note?.(action());
    makeCanonical(next, this.#dropsSpentWrites);
    if (this.#world.violation === undefined && !this.#store.add(next, this.#expanded)) return;
    const broken = this.#world.violation ?? brokenSafety(this.#world, next);
    if (broken !== undefined) this.#found = { broken, lastSteps: [{ what: action().says, after: next.slice() }] };
    else if (isCalm(next)) this.#visitEnd(next, action);
  };

  #visitEnd(next: State, action: () => Action): void {
    this.#ends++;
    const broken = brokenWhenSettled(this.#world, next);
    if (broken === undefined) return;
    const lastSteps: Step[] = [{ what: action().says, after: next.slice() }];
    brokenWhenSettled(this.#world, next, (what, after) => lastSteps.push({ what, after: after.slice() }));
    this.#found = { broken, lastSteps };
  }

  #violation(): Verdict['violation'] {
    if (this.#found === undefined) return undefined;
    const { broken, lastSteps } = this.#found;
    return { broken, steps: [...this.#stepsTo(this.#expanded - 1), ...lastSteps] };
  }

  /** The way to a state, gone again: only its states were kept, not what led from one to the next. */
  #stepsTo(last: number): Step[] {
    const path: number[] = [];
    for (let index = last; index >= 0; index = this.#store.parentOf(index)) path.unshift(index);
    return path.slice(1).map((to, position) => this.#stepBetween(path[position] as number, to));
  }

  #stepBetween(from: number, to: number): Step {
    const before = new Uint8Array(stateBytes);
    const after = new Uint8Array(stateBytes);
    this.#store.read(from, before);
    this.#store.read(to, after);
    let what: string | undefined;
    successors(this.#world, before, (next, action) => {
      makeCanonical(next, this.#dropsSpentWrites);
      if (next.every((byte, at) => byte === after[at])) what ??= action().says;
    });
    if (what === undefined) throw new Error(`No step leads from state ${from} to state ${to}`);
    return { what, after };
  }
}
