import { perform } from '../actions/perform.ts';
import { branchOf } from '../branch.ts';
import { abortsLeft, faultsLeft, spendAbort, spendFault } from '../budgets.ts';
import { isRoomInFlight, sendOff } from '../late-writes.ts';
import type { State } from '../layout.ts';
import { endRun, proceed, stopRun } from '../routing.ts';
import {
  describeRun,
  executionOf,
  partOf,
  type Slot,
  slots,
  startAgain,
  stepOf,
  variantOf,
  wasRetried,
} from '../runs.ts';
import { isRunning, reply, step, stepNames, type Write } from '../steps.ts';
import type { Emit, World } from '../world.ts';

/** Every run under way does its next write, or something happens to it. */
export function runningSteps(world: World, state: State, emit: Emit): void {
  for (const slot of slots) {
    if (!isRunning(stepOf(state, slot))) continue;
    const write = writeOf(world, state, slot);
    const label = (what: string) => () => `${describeRun(world, state, slot)}: ${describeWrite(write)} ${what}`;
    goesWell(world, state, slot, write, emit, label);
    if (faultsLeft(state) > 0) fails(world, state, slot, write, emit, label);
    if (abortsLeft(state) > 0) isAborted(world, state, slot, write, emit, label);
  }
}

type Label = (what: string) => () => string;

function writeOf(world: World, state: State, slot: Slot): Write {
  return {
    step: stepOf(state, slot),
    part: partOf(state, slot),
    execution: executionOf(world, state, slot),
    variant: variantOf(world, state, slot),
    attached: true,
  };
}

export function describeWrite({ step: at, part }: Write): string {
  const hasParts = at === step.takePayment || at === step.refundPayment;
  return hasParts ? `${stepNames[at]} (part ${part + 1})` : (stepNames[at] as string);
}

function goesWell(world: World, state: State, slot: Slot, write: Write, emit: Emit, label: Label): void {
  const next = branchOf(state);
  const answer = perform(world, next, write);
  // A refusal of the first step says that nothing was written; any other failure leaves that open.
  const wroteNothing = answer === reply.refused && write.step === step.reserveBooking;
  if (wroteNothing && world.rules.refusedUndoesNothing) stopRun(next, slot, step.failed);
  else proceed(world, next, slot, answer);
  emit(
    next,
    label(
      answer === reply.refused ? 'is refused' : answer === reply.notFenced ? 'finds the booking standing' : 'is done',
    ),
  );
}

function fails(world: World, state: State, slot: Slot, write: Write, emit: Emit, label: Label): void {
  if (isRoomInFlight(state)) {
    if (!wasRetried(state, slot)) {
      const next = branchOf(state);
      spendFault(next);
      sendOff(next, write);
      startAgain(next, slot);
      emit(next, label('times out, is still in flight and is tried again'));
    }
    const next = branchOf(state);
    spendFault(next);
    sendOff(next, write);
    proceed(world, next, slot, reply.refused);
    emit(next, label('times out, is still in flight and is given up'));
  }
  const next = branchOf(state);
  spendFault(next);
  proceed(world, next, slot, reply.refused);
  emit(next, label('fails and writes nothing'));
}

function isAborted(world: World, state: State, slot: Slot, write: Write, emit: Emit, label: Label): void {
  const next = branchOf(state);
  spendAbort(next);
  endRun(world, next, slot, step.aborted);
  emit(next, label('is not begun: the run is aborted'));
  if (!isRoomInFlight(state)) return;
  const other = branchOf(state);
  spendAbort(other);
  sendOff(other, write);
  endRun(world, other, slot, step.aborted);
  emit(other, label('is still in flight: the run is aborted'));
}
