import { causeFor, isOrphaned, releaseOf, unfinishedExecution } from '#test/model/environment/reconciler.ts';
import { perform } from '#test/model/machine/perform.ts';
import { proceed } from '#test/model/machine/routing.ts';
import { describeWrite, writeOf } from '#test/model/machine/running-steps.ts';
import { isRunning, replyNames } from '#test/model/machine/steps.ts';
import { emptyBudgets } from '#test/model/state/budgets.ts';
import { executionCount, type State } from '#test/model/state/layout.ts';
import { cancelSlots, describeRun, type Slot, startCancelRun, stepOf } from '#test/model/state/runs.ts';
import { nameOf, type World } from '#test/model/world.ts';
import { brokenAtRest } from './promises.ts';

const mostRounds = 8;

/** Notes what is done on the way, for a trace. */
export type Note = (what: string, after: State) => void;

/** Lets the reconciler do its work without faults, and looks at what is left. @returns what is broken, in words */
export function brokenWhenSettled(world: World, calm: State, note: Note = () => {}): string | undefined {
  const state = calm.slice();
  emptyBudgets(state);
  for (let round = 0; round < mostRounds; round++) {
    const isWorkLeft = reconcile(world, state, note);
    if (world.violation !== undefined) return world.violation;
    if (!isWorkLeft) return brokenAtRest(world, state);
  }
  return 'the reconciler never comes to an end';
}

/** @returns whether there was anything to do */
function reconcile(world: World, state: State, note: Note): boolean {
  const execution = world.rules.reconcilerRedrives ? unfinishedExecution(state) : undefined;
  if (execution !== undefined) {
    const slot = cancelSlots[0] as Slot;
    startCancelRun(state, execution, causeFor(world, state, execution));
    note(`the reconciler starts a ${describeRun(world, state, slot)}`, state);
    runToItsEnd(world, state, slot, note);
  }
  const released = releaseHolds(world, state, note);
  return execution !== undefined || released;
}

function runToItsEnd(world: World, state: State, slot: Slot, note: Note): void {
  while (isRunning(stepOf(state, slot))) {
    const write = writeOf(world, state, slot);
    const run = describeRun(world, state, slot);
    const answer = perform(world, state, write);
    proceed(world, state, slot, answer);
    note(`${run}: ${describeWrite(write)} ${replyNames[answer]}`, state);
  }
}

function releaseHolds(world: World, state: State, note: Note): boolean {
  if (!world.rules.reconcilerReleasesHolds) return false;
  let released = false;
  for (let execution = 0; execution < executionCount; execution++) {
    if (!isOrphaned(state, execution)) continue;
    perform(world, state, { ...releaseOf(execution), attached: false });
    note(`the reconciler releases the seat of ${nameOf(execution)}`, state);
    released = true;
  }
  return released;
}
