import type { Action } from '#test/model/action.ts';
import { step } from '#test/model/machine/steps.ts';
import { sortLateWrites } from '#test/model/search/canonical.ts';
import { successors } from '#test/model/search/successors.ts';
import { refillBudgets } from '#test/model/state/budgets.ts';
import { isRoomInFlight } from '#test/model/state/late-writes.ts';
import type { State } from '#test/model/state/layout.ts';
import { cancelSlots, type Slot, slots, stepOf } from '#test/model/state/runs.ts';
import type { World } from '#test/model/world.ts';

/** A state of the model that explains what was seen so far. */
export interface Candidate {
  readonly state: State;
  /** The slot of each run under way, by the run's label. */
  readonly runs: ReadonlyMap<string, Slot>;
  /** Attempts of a step that have done their write in the model. */
  readonly acted: ReadonlySet<number>;
  /** The action that led here, and those before it. */
  readonly way: Way | undefined;
}

export interface Way {
  readonly action: Action;
  readonly before: Way | undefined;
}

export type Wanted = (action: Action) => boolean;

/** Every state that one action of those wanted leads to. Bounds of a scenario do not count here. */
export function moves(world: World, candidate: Candidate, wanted: Wanted, attempt?: number): Candidate[] {
  const found: Candidate[] = [];
  successors(world, candidate.state, (next, tell) => {
    const action = tell();
    world.violation = undefined;
    if (!wanted(action)) return;
    const state = next.slice();
    refillBudgets(state);
    sortLateWrites(state);
    const acted = attempt === undefined ? candidate.acted : new Set([...candidate.acted, attempt]);
    found.push({ state, runs: underWay(candidate.runs, state), acted, way: { action, before: candidate.way } });
  });
  world.violation = undefined;
  return found;
}

/** A booking run's slot is its own for ever; a cancel run's is free again at its end. */
function underWay(runs: ReadonlyMap<string, Slot>, state: State): ReadonlyMap<string, Slot> {
  const isOver = (slot: Slot) => stepOf(state, slot) === step.none || stepOf(state, slot) === step.ended;
  return [...runs.values()].some(isOver) ? new Map([...runs].filter(([, slot]) => !isOver(slot))) : runs;
}

/** Where a run is. */
export function positionOf({ state, runs }: Candidate, run: string): number {
  const slot = runs.get(run);
  return slot === undefined ? step.ended : stepOf(state, slot);
}

/** The slot that an action has begun a run in. */
export function begun(before: Candidate, after: Candidate, run: string): Candidate {
  const slot = slots.find((one) => isFree(before.state, one) && !isFree(after.state, one));
  return slot === undefined ? after : { ...after, runs: new Map([...after.runs, [run, slot]]) };
}

const isFree = (state: State, slot: Slot): boolean => stepOf(state, slot) === step.none;

/** Each once. */
export function distinct(candidates: readonly Candidate[]): Candidate[] {
  const found = new Map<string, Candidate>();
  for (const one of candidates) {
    const key = `${one.state.join()} ${[...one.runs].map(([run, { at }]) => `${run}${at}`).sort()} ${[...one.acted].sort()}`;
    if (!found.has(key)) found.set(key, one);
  }
  return [...found.values()];
}

/** Whether another run or another late write could begin. */
export const hasRoom = (state: State): boolean =>
  isRoomInFlight(state) && cancelSlots.some((slot) => isFree(state, slot));
