import { lateWritesLand } from './environment/late.ts';
import { reconcilerRedrives, reconcilerReleases } from './environment/reconciler.ts';
import { eventsRedrive } from './environment/redrive.ts';
import { administratorDeletes, bookingsStart, customerCancels } from './environment/requests.ts';
import { runningSteps } from './environment/running-steps.ts';
import { cancelRunsAt, lateWriteCount, lateWritesAt, type State } from './layout.ts';
import type { Emit, World } from './world.ts';

/** Emits every state that one step leads to. */
export function successors(world: World, state: State, emit: Emit): void {
  runningSteps(world, state, emit);
  lateWritesLand(world, state, emit);
  bookingsStart(world, state, emit);
  customerCancels(world, state, emit);
  administratorDeletes(world, state, emit);
  eventsRedrive(world, state, emit);
  reconcilerRedrives(world, state, emit);
  reconcilerReleases(world, state, emit);
}

/** Late writes and cancel runs have no order: states that differ only in it are one. */
export function sortParts(state: State): void {
  for (let end = lateWriteCount - 1; end > 0; end--) {
    for (let at = lateWritesAt; at < lateWritesAt + end; at++) {
      if ((state[at] as number) < (state[at + 1] as number)) swap(state, at, at + 1);
    }
  }
  const isSorted = cancelRun(state, cancelRunsAt) >= cancelRun(state, cancelRunsAt + 3);
  if (!isSorted) for (let at = cancelRunsAt; at < cancelRunsAt + 3; at++) swap(state, at, at + 3);
}

const cancelRun = (state: State, at: number): number =>
  ((state[at] as number) << 16) | ((state[at + 1] as number) << 8) | (state[at + 2] as number);

function swap(state: State, one: number, other: number): void {
  const kept = state[one] as number;
  state[one] = state[other] as number;
  state[other] = kept;
}
