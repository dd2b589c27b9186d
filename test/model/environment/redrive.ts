import { branchOf } from '../branch.ts';
import { duplicatesLeft, spendDuplicate } from '../budgets.ts';
import { eventCount, hasCustomersEvent, takeCustomersEvent, takeEvent } from '../events.ts';
import { isUnfinished, ownerOf, status, statusOf } from '../header.ts';
import { executionCount, type State, tripOf } from '../layout.ts';
import { startCancelRun } from '../runs.ts';
import { cause } from '../steps.ts';
import { type Emit, nameOf, type World } from '../world.ts';

/** An event that a run ended starts a redrive. */
export function eventsRedrive(world: World, state: State, emit: Emit): void {
  for (let execution = 0; execution < executionCount; execution++) {
    if (!hasCustomersEvent(state, execution)) continue;
    const next = branchOf(state);
    takeCustomersEvent(next, execution);
    if (startCancelRun(next, execution, cause.customer)) {
      emit(next, () => `an event of ${nameOf(execution)} starts the customer's cancellation again`);
    }
  }
  for (let execution = 0; execution < executionCount; execution++) {
    if (eventCount(state, execution) === 0) continue;
    takesEvent(world, state, execution, false, emit);
    if (duplicatesLeft(state) > 0) takesEvent(world, state, execution, true, emit);
  }
}

function takesEvent(world: World, state: State, execution: number, comesAgain: boolean, emit: Emit): void {
  const next = branchOf(state);
  if (comesAgain) spendDuplicate(next);
  else takeEvent(next, execution);
  const about = `an event of ${nameOf(execution)}${comesAgain ? ', which comes again,' : ''}`;
  const redriven = redrivenBy(world, state, execution);
  if (redriven !== undefined) {
    if (startCancelRun(next, redriven, cause.redrive))
      emit(next, () => `${about} starts a redrive of ${nameOf(redriven)}`);
  } else if (!comesAgain) emit(next, () => `${about} starts nothing`);
}

function redrivenBy({ rules, scenario }: World, state: State, execution: number): number | undefined {
  const trip = tripOf(execution);
  const owner = ownerOf(state, trip);
  if (!rules.redriveGoesByItsInput) return isUnfinished(state, trip) ? owner : undefined;
  const mayBeOpen =
    statusOf(state, trip) === status.none ||
    (owner === execution && isUnfinished(state, trip)) ||
    (scenario.staleReads === true && owner === execution && statusOf(state, trip) === status.confirmed);
  return mayBeOpen ? execution : undefined;
}
