import { perform } from './actions/perform.ts';
import { emptyBudgets } from './budgets.ts';
import { isUnfinished, ownerOf } from './header.ts';
import { brokenAtRest, isOrphaned } from './invariants.ts';
import { executionCount, type State, tripCount } from './layout.ts';
import { cause, reply, step, type Write } from './steps.ts';
import type { World } from './world.ts';

const mostRounds = 20;

/** Lets the reconciler do its work without faults, and looks at what is left. @returns what is broken, in words */
export function brokenWhenSettled(world: World, calm: State): string | undefined {
  const state = calm.slice();
  emptyBudgets(state);
  for (let round = 0; round < mostRounds && isWorkLeft(world, state); round++) reconcile(world, state);
  return isWorkLeft(world, state) ? 'the reconciler never comes to an end' : brokenAtRest(world, state);
}

function isWorkLeft({ rules }: World, state: State): boolean {
  for (let trip = 0; trip < tripCount; trip++) if (isUnfinished(state, trip)) return true;
  for (let execution = 0; execution < executionCount; execution++) {
    if (rules.reconcilerReleasesHolds && isOrphaned(state, execution)) return true;
  }
  return false;
}

function reconcile(world: World, state: State): void {
  const write = (execution: number, at: number, part = 0): Write => ({
    step: at,
    part,
    execution,
    variant: at === step.cancelBooking ? cause.redrive : cause.own,
    attached: false,
  });
  for (let trip = 0; trip < tripCount; trip++) {
    if (!isUnfinished(state, trip)) continue;
    const execution = ownerOf(state, trip);
    if (perform(world, state, write(execution, step.cancelBooking)) === reply.notFenced) continue;
    perform(world, state, write(execution, step.refundPayment));
    perform(world, state, write(execution, step.refundPayment, 1));
    for (const at of [step.releaseSeat, step.cancelHotel, step.closeBooking])
      perform(world, state, write(execution, at));
  }
  for (let execution = 0; execution < executionCount; execution++) {
    if (!world.rules.reconcilerReleasesHolds || !isOrphaned(state, execution)) continue;
    perform(world, state, write(execution, step.releaseOrphan));
  }
}
