import { hasEnded } from '#test/model/machine/routing.ts';
import { cause, step } from '#test/model/machine/steps.ts';
import { branchOf } from '#test/model/state/branch.ts';
import { left, spend } from '#test/model/state/budgets.ts';
import {
  deleteHeader,
  markRequested,
  markUnfinished,
  ownerOf,
  stands,
  status,
  statusOf,
} from '#test/model/state/header.ts';
import { administratorAt, byteOf, executionCount, type State, tripCount, tripOf } from '#test/model/state/layout.ts';
import { rememberAsked } from '#test/model/state/memories.ts';
import { endRequest, isRequestOpen, openRequest } from '#test/model/state/queues.ts';
import { bookingSlots, type Slot, startCancelRun, stepOf } from '#test/model/state/runs.ts';
import { type Emit, nameOf, type World } from '#test/model/world.ts';

/** A booking run starts at any time; a second one of a name once the first has ended, since until then it is refused. */
export function bookingsStart({ scenario }: World, state: State, emit: Emit): void {
  const first = bookingSlots[0] as Slot;
  for (const booking of scenario.started) {
    const slot = bookingSlots[booking] as Slot;
    if (stepOf(state, slot) !== step.none) continue;
    const isSecondOfItsName = booking > 0 && scenario.executions[booking] === scenario.executions[0];
    if (isSecondOfItsName && !hasEnded(state, first)) continue;
    const next = branchOf(state);
    next[slot.at] = step.reserveBooking;
    emit(next, () => ({ kind: 'booking started', booking, says: `booking run ${nameOf(booking)} starts` }));
  }
}

/** DELETE of a confirmed booking: it marks the header, then starts the cancel run; the start may fail. */
export function customerCancels(world: World, state: State, emit: Emit): void {
  if (left(state, 'cancellations') > 0) {
    for (let trip = 0; trip < tripCount; trip++) {
      if (statusOf(state, trip) === status.confirmed) asks(world, state, ownerOf(state, trip), emit);
    }
  }
  for (let execution = 0; execution < executionCount; execution++) {
    if (isRequestOpen(state, execution)) goesOn(world, state, execution, emit);
  }
}

function asks(world: World, state: State, execution: number, emit: Emit): void {
  const next = branchOf(state);
  spend(next, 'cancellations');
  rememberAsked(next, execution);
  openRequest(next, execution);
  if (world.rules.marksBeforeItStarts) mark(world, next, execution);
  else if (!startCancelRun(next, execution, cause.customer)) return;
  emit(next, () => ({
    kind: 'cancellation asked for',
    execution,
    says: `the customer asks to cancel ${nameOf(execution)}: ${verbs(world)[0]}`,
  }));
}

function goesOn(world: World, state: State, execution: number, emit: Emit): void {
  const next = branchOf(state);
  endRequest(next, execution);
  const marked = world.rules.marksBeforeItStarts;
  if (!marked) mark(world, next, execution);
  if (!marked || startCancelRun(next, execution, cause.customer)) {
    emit(next, () => ({
      kind: 'cancellation started',
      execution,
      says: `DELETE of ${nameOf(execution)}: ${verbs(world)[1]}`,
    }));
  }
  if (left(state, 'faults') === 0) return;
  const lost = branchOf(state);
  spend(lost, 'faults');
  endRequest(lost, execution);
  emit(lost, () => ({
    kind: 'cancellation not started',
    execution,
    says: `DELETE of ${nameOf(execution)} fails before ${verbs(world)[1]}`,
  }));
}

const verbs = ({ rules }: World): readonly [string, string] =>
  rules.marksBeforeItStarts
    ? ['its header is marked', 'the cancel run starts']
    : ['the cancel run starts', 'its header is marked'];

/** Only a header that is still confirmed; from then on it is unfinished again. */
function mark({ rules }: World, state: State, execution: number): void {
  if (!stands(state, execution, status.confirmed)) return;
  markRequested(state, tripOf(execution));
  if (rules.markMakesUnfinished) markUnfinished(state, tripOf(execution));
}

/** An administrator deletes T1's header, once: a rule says that headers stay. */
export function administratorDeletes({ rules }: World, state: State, emit: Emit): void {
  if (rules.headersStay && rules.cancelledHeadersStay) return;
  const now = statusOf(state, 0);
  if (byteOf(state, administratorAt) !== 0 || now === status.none) return;
  if (rules.headersStay && now !== status.cancelled) return;
  const next = branchOf(state);
  next[administratorAt] = 1;
  deleteHeader(next, 0);
  emit(next, () => ({
    kind: 'header deleted',
    execution: ownerOf(state, 0),
    says: 'an administrator deletes the header of T1',
  }));
}
