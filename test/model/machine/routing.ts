import { status } from '#test/model/state/header.ts';
import { isAnythingLeft } from '#test/model/state/holdings.ts';
import { byteOf, type State } from '#test/model/state/layout.ts';
import { rememberCommit } from '#test/model/state/memories.ts';
import { sendEvent, sendLetter } from '#test/model/state/queues.ts';
import {
  allLayers,
  executionOf,
  forgetProgress,
  isCustomersCancel,
  layerFailed,
  noteFailedLayer,
  reachedLayers,
  type Slot,
  startNextPart,
  startStep,
  stepOf,
  turnBack,
} from '#test/model/state/runs.ts';
import { nameOf, type World } from '#test/model/world.ts';
import { reply, step } from './steps.ts';

/** Where a run goes after a step, as the state machine's file says it. */
export function proceed(world: World, state: State, slot: Slot, answer: number): void {
  const now = stepOf(state, slot);
  if (answer === reply.more) startNextPart(state, slot);
  else if (now === step.notifyConfirmed || now === step.notifyCancelled) proceedFromMessage(world, state, slot, answer);
  else if (now < step.cancelBooking) proceedForward(world, state, slot, answer);
  else if (now === step.cancelBooking) proceedFromFence(world, state, slot, answer);
  else proceedBackward(world, state, slot, answer);
}

function proceedForward(world: World, state: State, slot: Slot, answer: number): void {
  const now = stepOf(state, slot);
  if (answer !== reply.done) {
    turnBack(state, slot, layersReached(world, now), now === step.confirmBooking);
    return;
  }
  if (now === step.confirmBooking) rememberCommit(state, executionOf(world, state, slot));
  startStep(state, slot, now + 1);
}

/** PeelBack: a failed step's own layer is undone, too. Of a failed ReserveBooking an earlier run of its name may have got further. */
function layersReached({ rules }: World, failed: number): number {
  switch (failed) {
    case step.reserveBooking:
      return rules.unknownReserveUndoesAll ? allLayers : 0;
    case step.reserveHotel:
      return 1;
    case step.reserveSeat:
      return 2;
    default:
      return allLayers;
  }
}

const firstLayers = [step.closeBooking, step.cancelHotel, step.releaseSeat, step.refundPayment] as const;

function proceedFromFence(world: World, state: State, slot: Slot, answer: number): void {
  const isCancelRun = slot.booking < 0;
  if (answer === reply.done || (answer === reply.refused && !world.rules.noFenceNoUndo)) {
    const first = firstLayers[reachedLayers(state, slot)] as number;
    forgetProgress(state, slot);
    if (answer === reply.refused) noteFailedLayer(state, slot);
    startStep(state, slot, first);
  } else if (answer === reply.refused) {
    breakOff(world, state, slot);
  } else if (answer !== reply.notFenced && isCancelRun && world.rules.redriveTells) {
    forgetProgress(state, slot);
    startStep(state, slot, answer === reply.ownConfirmed ? step.notifyConfirmed : step.notifyCancelled);
  } else {
    endRun(state, slot);
  }
}

/** CompensationOutcome: only what is undone is closed. */
function proceedBackward(world: World, state: State, slot: Slot, answer: number): void {
  const now = stepOf(state, slot);
  if (now === step.closeBooking) {
    if (answer === reply.done) startStep(state, slot, step.notifyCancelled);
    else breakOff(world, state, slot);
    return;
  }
  if (answer === reply.refused) noteFailedLayer(state, slot);
  const isUndone = !layerFailed(state, slot);
  if (now + 1 === step.closeBooking && !isUndone && world.rules.closesOnlyWhatIsUndone) breakOff(world, state, slot);
  else startStep(state, slot, now + 1);
}

/** A notification that fails has its dead letter, and the booking stays as it is. */
function proceedFromMessage(world: World, state: State, slot: Slot, answer: number): void {
  const told = stepOf(state, slot) === step.notifyConfirmed ? status.confirmed : status.cancelled;
  if (answer === reply.refused) sendLetter(state, executionOf(world, state, slot), told);
  endRun(state, slot);
}

/** Aborted, timed out or without a way on: an event or a dead letter tells, and a redrive keeps the customer's cause. */
export function breakOff(world: World, state: State, slot: Slot): void {
  const execution = executionOf(world, state, slot);
  const forTheCustomer = isCustomersCancel(state, slot) && world.rules.redriveKeepsItsCause;
  endRun(state, slot);
  sendEvent(state, execution, forTheCustomer);
}

export function endRun(state: State, { at, booking }: Slot): void {
  state[at] = booking >= 0 ? step.ended : step.none;
  state[at + 1] = 0;
  if (booking < 0) state[at + 2] = 0;
}

export const hasEnded = (state: State, { at }: Slot): boolean => byteOf(state, at) === step.ended;

/** A dead letter is for what is left: a cancellation that has undone everything needs none. */
export function tellsOfNothing(world: World, state: State, slot: Slot, answer: number): string | undefined {
  if (stepOf(state, slot) !== step.closeBooking || answer !== reply.refused) return undefined;
  const execution = executionOf(world, state, slot);
  if (layerFailed(state, slot) || isAnythingLeft(state, execution)) return undefined;
  return `a dead letter for ${nameOf(execution)}, of which nothing is left`;
}
