import { noteRunEnded } from './events.ts';
import { byteOf, type State } from './layout.ts';
import {
  allLayers,
  executionOf,
  isCustomersCancel,
  layerFailed,
  noteFailedLayer,
  reachedLayers,
  type Slot,
  startNextPart,
  startStep,
  stepOf,
  turnBack,
} from './runs.ts';
import { reply, step } from './steps.ts';
import { rememberCommit, type World } from './world.ts';

/** Where a run goes after a step, as the state machine's file says it. */
export function proceed(world: World, state: State, slot: Slot, answer: number): void {
  const now = stepOf(state, slot);
  if (answer === reply.more) startNextPart(state, slot);
  else if (now < step.cancelBooking) proceedForward(world, state, slot, answer);
  else if (now === step.cancelBooking) proceedFromFence(world, state, slot, answer);
  else proceedBackward(world, state, slot, answer);
}

function proceedForward(world: World, state: State, slot: Slot, answer: number): void {
  const now = stepOf(state, slot);
  if (answer !== reply.done) {
    turnBack(state, slot, layersReached(world, now), now === step.confirmBooking);
  } else if (now !== step.confirmBooking) {
    startStep(state, slot, now + 1);
  } else {
    rememberCommit(state, executionOf(world, state, slot));
    endRun(world, state, slot, step.succeeded);
  }
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
  if (answer === reply.notFenced) {
    endRun(world, state, slot, step.succeeded);
  } else if (answer === reply.refused && world.rules.noFenceNoUndo) {
    endRun(world, state, slot, step.failed);
  } else {
    if (answer === reply.refused) noteFailedLayer(state, slot);
    startStep(state, slot, firstLayers[reachedLayers(state, slot)] as number);
  }
}

function proceedBackward(world: World, state: State, slot: Slot, answer: number): void {
  if (answer === reply.refused) noteFailedLayer(state, slot);
  const now = stepOf(state, slot);
  if (now === step.closeBooking) {
    const wasAsked = slot.booking < 0 && !layerFailed(state, slot);
    endRun(world, state, slot, wasAsked ? step.succeeded : step.failed);
  } else if (now + 1 === step.closeBooking && layerFailed(state, slot) && world.rules.closeOnlyWhatIsUndone) {
    endRun(world, state, slot, step.failed);
  } else {
    startStep(state, slot, now + 1);
  }
}

/** A run that ends otherwise than it should is told of by an event. */
export function endRun(world: World, state: State, slot: Slot, how: number): void {
  const execution = executionOf(world, state, slot);
  const forTheCustomer = isCustomersCancel(state, slot) && world.rules.redriveKeepsTheCustomersCause;
  stopRun(state, slot, how);
  if (how !== step.succeeded) noteRunEnded(state, execution, forTheCustomer);
}

/** Without an event. */
export function stopRun(state: State, { at, booking }: Slot, how: number): void {
  state[at] = booking >= 0 ? how : step.none;
  state[at + 1] = 0;
  if (booking < 0) state[at + 2] = 0;
}

export const hasEnded = (state: State, { at }: Slot): boolean => byteOf(state, at) >= step.succeeded;
