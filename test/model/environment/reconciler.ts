import { cause, step } from '#test/model/machine/steps.ts';
import { branchOf } from '#test/model/state/branch.ts';
import { isLive, isRequested, isUnfinished, ownerOf, owns, status, statusOf } from '#test/model/state/header.ts';
import { holdsSeat } from '#test/model/state/holdings.ts';
import { isInFlight, isRoomInFlight, sendOff } from '#test/model/state/late-writes.ts';
import { executionCount, type State, tripCount, tripOf } from '#test/model/state/layout.ts';
import { hadHeader } from '#test/model/state/memories.ts';
import { isAnythingQueued } from '#test/model/state/queues.ts';
import { isBeingCancelled, isExecutionRunning, startCancelRun } from '#test/model/state/runs.ts';
import { type Emit, nameOf, type World } from '#test/model/world.ts';

/** Headers that are unfinished for longer than a run can take, and mostly longer than an event takes to come. */
export function reconcilerRedrives(world: World, state: State, emit: Emit): void {
  if (!world.rules.reconcilerRedrives) return;
  for (let execution = 0; execution < executionCount; execution++) {
    if (!findsUnfinished(world, state, execution)) continue;
    if (isExecutionRunning(world, state, execution) || isBeingCancelled(state, execution)) continue;
    if (world.scenario.waitsForEvents && isAnythingQueued(state, execution)) continue;
    const why = causeFor(world, state, execution);
    const next = branchOf(state);
    if (startCancelRun(next, execution, why)) {
      emit(next, () => ({
        kind: 'reconciler started',
        execution,
        says: `the reconciler starts a ${why === cause.customer ? 'cancellation' : 'redrive'} of ${nameOf(execution)}`,
      }));
    }
  }
}

/** The index is eventually consistent: it may show a header that has been finished, or replaced, since. */
function findsUnfinished({ scenario }: World, state: State, execution: number): boolean {
  if (scenario.staleReads) return hadHeader(state, execution);
  const trip = tripOf(execution);
  return ownerOf(state, trip) === execution && isUnfinished(state, trip);
}

export function causeFor({ rules }: World, state: State, execution: number): number {
  const trip = tripOf(execution);
  const isAsked = owns(state, execution) && isRequested(state, trip) && statusOf(state, trip) !== status.cancelled;
  return isAsked && rules.reconcilerCancelsForTheCustomer ? cause.customer : cause.redrive;
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
    emit(next, () => ({
      kind: 'seat to be released',
      execution,
      says: `the reconciler decides to release the seat of ${nameOf(execution)}`,
    }));
  }
}

/** The work that is left for the reconciler. */
export const isOrphaned = (state: State, execution: number): boolean =>
  holdsSeat(state, execution) && !isLive(state, execution);
export function unfinishedExecution(state: State): number | undefined {
  for (let trip = 0; trip < tripCount; trip++) if (isUnfinished(state, trip)) return ownerOf(state, trip);
  return undefined;
}
