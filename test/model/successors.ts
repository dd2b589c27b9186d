import { lateWritesLand } from './environment/late.ts';
import { reconcilerRedrives, reconcilerReleases } from './environment/reconciler.ts';
import { redriveFunctionRuns } from './environment/redrive.ts';
import { administratorDeletes, bookingsStart, customerCancels } from './environment/requests.ts';
import { runningSteps } from './environment/running-steps.ts';
import type { State } from './layout.ts';
import type { Emit, World } from './world.ts';

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
