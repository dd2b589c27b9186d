import { lateWritesLand } from '#test/model/environment/late-writes.ts';
import { reconcilerRedrives, reconcilerReleases } from '#test/model/environment/reconciler.ts';
import { redriveFunctionRuns } from '#test/model/environment/redrive.ts';
import { administratorDeletes, bookingsStart, customerCancels } from '#test/model/environment/requests.ts';
import { runningSteps } from '#test/model/machine/running-steps.ts';
import type { State } from '#test/model/state/layout.ts';
import type { Emit, World } from '#test/model/world.ts';

/** Emits every state that one step leads to. */
export function successors(world: World, state: State, emit: Emit): void {
  runningSteps(world, state, emit);
  lateWritesLand(world, state, emit);
  bookingsStart(world, state, emit);
  customerCancels(world, state, emit);
  administratorDeletes(world, state, emit);
  redriveFunctionRuns(world, state, emit);
  reconcilerRedrives(world, state, emit);
  reconcilerReleases(world, state, emit);
}
