import type { Action, FaultKind } from '#test/model/action.ts';
import { branchOf } from '#test/model/state/branch.ts';
import { left, spend } from '#test/model/state/budgets.ts';
import { isRoomInFlight, sendOff } from '#test/model/state/late-writes.ts';
import type { State } from '#test/model/state/layout.ts';
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
} from '#test/model/state/runs.ts';
import type { Emit, World } from '#test/model/world.ts';
import { perform } from './perform.ts';
import { breakOff, endRun, proceed, tellsOfNothing } from './routing.ts';
import { isRunning, reply, replyNames, step, stepNames, type Write } from './steps.ts';

/** Every run under way does its next write, or something happens to it. */
export function runningSteps(world: World, state: State, emit: Emit): void {
  for (const slot of slots) {
    if (!isRunning(stepOf(state, slot))) continue;
    const write = writeOf(world, state, slot);
    const label: Label = (what, kind) => () => {
      const says = `${describeRun(world, state, slot)}: ${describeWrite(write)} ${what}`;
      const action = { says, slot, write };
      return kind === undefined ? { ...action, kind: 'answered', answer: what } : { ...action, kind };
    };
    goesWell(world, state, slot, write, emit, label);
    if (left(state, 'faults') > 0) fails(world, state, slot, write, emit, label);
    if (left(state, 'aborts') > 0) isAborted(world, state, slot, write, emit, label);
  }
}

type Label = (what: string, kind?: FaultKind) => () => Action;

export function writeOf(world: World, state: State, slot: Slot): Write {
  return {
    step: stepOf(state, slot),
    part: partOf(state, slot),
    execution: executionOf(world, state, slot),
    variant: variantOf(world, state, slot),
    attached: true,
  };
}

const partNames: Readonly<Record<number, readonly string[]>> = {
  [step.takePayment]: [' (pending)', ' (capture)', ' (confirmed)'],
  [step.refundPayment]: [' (gateway)', ' (item)'],
};

export function describeWrite({ step: at, part }: Write): string {
  return `${stepNames[at]}${partNames[at]?.[part] ?? (part > 0 ? `, part ${part + 1}` : '')}`;
}

function goesWell(world: World, state: State, slot: Slot, write: Write, emit: Emit, label: Label): void {
  const next = branchOf(state);
  const answer = perform(world, next, write);
  world.violation ??= tellsOfNothing(world, next, slot, answer);
  // A refusal of the first step says that nothing was written; any other failure leaves that open.
  const wroteNothing = answer === reply.refused && write.step === step.reserveBooking;
  if (wroteNothing && world.rules.refusedUndoesNothing) endRun(next, slot);
  else proceed(world, next, slot, answer);
  emit(next, label(replyNames[answer] as string));
}

function fails(world: World, state: State, slot: Slot, write: Write, emit: Emit, label: Label): void {
  if (isRoomInFlight(state)) {
    if (!wasRetried(state, slot)) {
      const next = branchOf(state);
      spend(next, 'faults');
      sendOff(next, write);
      startAgain(next, slot);
      emit(next, label('times out, is still in flight and is tried again', 'tried again'));
    }
    const next = branchOf(state);
    spend(next, 'faults');
    sendOff(next, write);
    proceed(world, next, slot, reply.refused);
    emit(next, label('times out, is still in flight and is given up', 'given up'));
  }
  const next = branchOf(state);
  spend(next, 'faults');
  proceed(world, next, slot, reply.refused);
  emit(next, label('fails and writes nothing', 'failed'));
}

function isAborted(world: World, state: State, slot: Slot, write: Write, emit: Emit, label: Label): void {
  const next = branchOf(state);
  spend(next, 'aborts');
  breakOff(world, next, slot);
  emit(next, label('is not begun: the run is aborted', 'not begun'));
  if (!isRoomInFlight(state)) return;
  const other = branchOf(state);
  spend(other, 'aborts');
  sendOff(other, write);
  breakOff(world, other, slot);
  emit(other, label('is still in flight: the run is aborted', 'left in flight'));
}
