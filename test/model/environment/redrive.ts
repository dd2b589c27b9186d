import type { SurroundingKind } from '#test/model/action.ts';
import { notifyCancelled, notifyConfirmed } from '#test/model/actions/notification.ts';
import { cause, reply, step } from '#test/model/machine/steps.ts';
import { branchOf } from '#test/model/state/branch.ts';
import { left, spend } from '#test/model/state/budgets.ts';
import { ownerOf, status, statusNames, statusOf } from '#test/model/state/header.ts';
import { executionCount, type State, tripOf } from '#test/model/state/layout.ts';
import { eventCount, hasCustomersEvent, hasLetter, takeEvent, takeLetter } from '#test/model/state/queues.ts';
import { startCancelRun } from '#test/model/state/runs.ts';
import { type Emit, nameOf, type World } from '#test/model/world.ts';

/** The redrive function takes events of ended runs, and dead letters that are moved back to its queue. */
export function redriveFunctionRuns(world: World, state: State, emit: Emit): void {
  for (let execution = 0; execution < executionCount; execution++) {
    if (hasCustomersEvent(state, execution)) takes(world, state, execution, true, emit);
    if (eventCount(state, execution) > 0) takes(world, state, execution, false, emit);
    for (const told of [status.confirmed, status.cancelled]) {
      if (hasLetter(state, execution, told)) deliversLetter(world, state, execution, told, emit);
    }
  }
}

function takes(world: World, state: State, execution: number, forTheCustomer: boolean, emit: Emit): void {
  const about = `an event of ${nameOf(execution)}${forTheCustomer ? ' (cancelled by the customer)' : ''}`;
  const redriven = world.rules.redriveGoesByItsInput ? execution : headersExecution(state, execution);
  const why = forTheCustomer ? cause.customer : cause.redrive;
  const next = branchOf(state);
  takeEvent(next, execution, forTheCustomer);
  const told = (kind: SurroundingKind, what: string) => () => ({ kind, execution, says: `${about}${what}` });
  if (redriven === undefined) emit(next, told('event without a redrive', ' starts nothing'));
  else if (startCancelRun(next, redriven, why)) {
    emit(next, told('event taken', ` starts a redrive of ${nameOf(redriven)}`));
  }
  if (redriven !== undefined && left(state, 'duplicates') > 0) {
    const doubled = branchOf(state);
    spend(doubled, 'duplicates');
    if (startCancelRun(doubled, redriven, why)) {
      emit(doubled, told('event taken twice', ', which comes again, starts a redrive'));
    }
  }
  if (world.rules.eventIsTheTruth && left(state, 'lostEvents') === 0) return;
  const lost = branchOf(state);
  if (world.rules.eventIsTheTruth) spend(lost, 'lostEvents');
  takeEvent(lost, execution, forTheCustomer);
  const how = world.rules.eventIsTheTruth ? 'lost' : 'dropped: a stale read says that the run is running';
  emit(lost, told('event lost', ` is ${how}`));
}

/** The work of a redrive that goes by the header. */
function headersExecution(state: State, execution: number): number | undefined {
  const now = statusOf(state, tripOf(execution));
  const isOpen = now === status.unconfirmed || now === status.cancelling;
  return isOpen ? ownerOf(state, tripOf(execution)) : undefined;
}

/** The message is sent as a run's step would; the function may die before it has taken the header off the list. */
function deliversLetter(world: World, state: State, execution: number, told: number, emit: Emit): void {
  const about = `the letter that ${nameOf(execution)} is ${statusNames[told]}`;
  const notify = told === status.confirmed ? notifyConfirmed : notifyCancelled;
  const label = (kind: SurroundingKind, what: string) => () => ({ kind, execution, says: `${about} is ${what}` });
  const write = { step: step.none, execution, variant: 0, attached: false };
  const next = branchOf(state);
  let part = 0;
  while (notify(world, next, { ...write, part }) === reply.more) part++;
  takeLetter(next, execution, told);
  emit(next, label('letter told', `moved back: ${part > 0 ? 'told' : 'not true any more'}`));
  if (left(state, 'faults') > 0 && part > 0) {
    const half = branchOf(state);
    spend(half, 'faults');
    for (let done = 0; done < part; done++) notify(world, half, { ...write, part: done });
    emit(half, label('letter told, comes again', 'moved back and told, and comes again'));
  }
  if (left(state, 'lostEvents') === 0) return;
  const lost = branchOf(state);
  spend(lost, 'lostEvents');
  takeLetter(lost, execution, told);
  emit(lost, label('letter lost', 'lost'));
}
