import { branchOf } from '../branch.ts';
import { hasAnyEvent } from '../events.ts';
import { isLive, isUnfinished, ownerOf, status, statusOf } from '../header.ts';
import { holdsSeat } from '../holdings.ts';
import { isInFlight, isRoomInFlight, sendOff } from '../late-writes.ts';
import { executionCount, type State, tripCount } from '../layout.ts';
import { isBeingCancelled, isExecutionRunning, startCancelRun } from '../runs.ts';
import { cause, step } from '../steps.ts';
import { type Emit, nameOf, type World } from '../world.ts';

/** Headers that are older than a run can be: no run and no event is left that would finish them. */
export function reconcilerRedrives(world: World, state: State, emit: Emit): void {
  for (let trip = 0; trip < tripCount; trip++) {
    const execution = ownerOf(state, trip);
    const looksOpen = world.scenario.staleReads === true && statusOf(state, trip) === status.confirmed;
    if (!isUnfinished(state, trip) && !looksOpen) continue;
    if (isExecutionRunning(world, state, execution) || isBeingCancelled(state, execution)) continue;
    if (hasAnyEvent(state, execution)) continue;
    const next = branchOf(state);
    if (startCancelRun(next, execution, cause.redrive)) {
      emit(next, () => `the reconciler starts a redrive of ${nameOf(execution)}`);
    }
  }
}

export const releaseOf = (execution: number) => ({ step: step.releaseOrphan, part: 0, variant: 0, execution });

/** A hold without a live booking is released; between the look and the release anything may happen. */
export function reconcilerReleases({ rules, scenario }: World, state: State, emit: Emit): void {
  if (!rules.reconcilerReleasesHolds || !isRoomInFlight(state)) return;
  for (let execution = 0; execution < executionCount; execution++) {
    const seen = rules.holdsBeforeHeaders ? holdsSeat(state, execution) : scenario.started.includes(execution);
    if (!seen || isLive(state, execution) || isInFlight(state, releaseOf(execution))) continue;
    const next = branchOf(state);
    sendOff(next, releaseOf(execution));
    emit(next, () => `the reconciler decides to release the seat of ${nameOf(execution)}`);
  }
}
