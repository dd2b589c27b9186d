import { branchOf } from '../branch.ts';
import { cancellationsLeft, spendCancellation } from '../budgets.ts';
import { ownerOf, status, statusOf, writeHeader } from '../header.ts';
import { byteOf, memoriesAt, type State, tripCount } from '../layout.ts';
import { hasEnded } from '../routing.ts';
import { bookingSlots, startCancelRun, stepOf } from '../runs.ts';
import { cause, step } from '../steps.ts';
import { adminDeletedBit, type Emit, nameOf, rememberAsked, type World } from '../world.ts';

/** A booking run starts at any time; a second one of a name once the first has ended, since until then it is refused. */
export function bookingsStart({ scenario }: World, state: State, emit: Emit): void {
  for (const booking of scenario.started) {
    const slot = bookingSlots[booking];
    const first = bookingSlots[0];
    if (slot === undefined || first === undefined || stepOf(state, slot) !== step.none) continue;
    const isSecondOfItsName = booking > 0 && scenario.executions[booking] === scenario.executions[0];
    if (isSecondOfItsName && !hasEnded(state, first)) continue;
    const next = branchOf(state);
    next[slot.at] = step.reserveBooking;
    emit(next, () => `booking run ${nameOf(booking)} starts`);
  }
}

/** The customer cancels what is confirmed. */
export function customerCancels(_: World, state: State, emit: Emit): void {
  if (cancellationsLeft(state) === 0) return;
  for (let trip = 0; trip < tripCount; trip++) {
    if (statusOf(state, trip) !== status.confirmed) continue;
    const execution = ownerOf(state, trip);
    const next = branchOf(state);
    spendCancellation(next);
    rememberAsked(next, execution);
    if (startCancelRun(next, execution, cause.customer)) emit(next, () => `the customer cancels ${nameOf(execution)}`);
  }
}

/** An administrator deletes T1's header, once: a rule says that headers stay. */
export function administratorDeletes({ rules }: World, state: State, emit: Emit): void {
  if (rules.headersStay && rules.cancelledHeadersStay) return;
  if ((byteOf(state, memoriesAt) & adminDeletedBit) !== 0) return;
  const now = statusOf(state, 0);
  if (now === status.none || (rules.headersStay && now !== status.cancelled)) return;
  const next = branchOf(state);
  next[memoriesAt] = byteOf(next, memoriesAt) | adminDeletedBit;
  writeHeader(next, 0, status.none, 0);
  emit(next, () => 'an administrator deletes the header of T1');
}
