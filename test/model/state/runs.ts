import { cause, isRunning, step } from '#test/model/machine/steps.ts';
import { nameOf, type World } from '#test/model/world.ts';
import { bookingRunsAt, byteOf, cancelRunCount, cancelRunsAt, executionCount, type State } from './layout.ts';

/**
 * Runs of the machine: a slot each. A booking run's is there for ever, a cancel run's is free again at its end.
 * The first byte is the step, the second the progress, a cancel run's third whose it is.
 */
export interface Slot {
  readonly at: number;
  /** Of a booking run its number, of a cancel run -1. */
  readonly booking: number;
}

export const bookingSlots: readonly Slot[] = Array.from({ length: executionCount }, (_, booking) => ({
  at: bookingRunsAt + booking * 2,
  booking,
}));
export const cancelSlots: readonly Slot[] = Array.from({ length: cancelRunCount }, (_, index) => ({
  at: cancelRunsAt + index * 3,
  booking: -1,
}));
export const slots: readonly Slot[] = [...bookingSlots, ...cancelSlots];

/** Progress: the part of the step, its one retry, a layer that failed, how far the run got, what its commit came to. */
const partMask = 3;
const retriedBit = 1 << 3;
const layerFailedBit = 1 << 4;
const reachedShift = 5;
const commitUnknownBit = 1 << 7;
const keptAcrossSteps = 0xf0;

export const stepOf = (state: State, { at }: Slot): number => byteOf(state, at);
const progressOf = (state: State, { at }: Slot): number => byteOf(state, at + 1);
export const partOf = (state: State, slot: Slot): number => progressOf(state, slot) & partMask;
export const wasRetried = (state: State, slot: Slot): boolean => (progressOf(state, slot) & retriedBit) !== 0;
export const layerFailed = (state: State, slot: Slot): boolean => (progressOf(state, slot) & layerFailedBit) !== 0;
export const reachedLayers = (state: State, slot: Slot): number => (progressOf(state, slot) >> reachedShift) & 3;

export function startStep(state: State, { at }: Slot, next: number): void {
  state[at] = next;
  state[at + 1] = byteOf(state, at + 1) & keptAcrossSteps;
}
export function startNextPart(state: State, { at }: Slot): void {
  state[at + 1] = byteOf(state, at + 1) + 1;
}
export function startAgain(state: State, { at }: Slot): void {
  state[at + 1] = (byteOf(state, at + 1) & keptAcrossSteps) | retriedBit;
}
export function noteFailedLayer(state: State, { at }: Slot): void {
  state[at + 1] = byteOf(state, at + 1) | layerFailedBit;
}

export function forgetProgress(state: State, { at }: Slot): void {
  state[at + 1] = 0;
}

/** A booking run turns back: how many layers it may have reached (0 to 3), and whether its commit is among them. */
export function turnBack(state: State, { at }: Slot, layers: number, commitUnknown: boolean): void {
  state[at] = step.cancelBooking;
  state[at + 1] = (layers << reachedShift) | (commitUnknown ? commitUnknownBit : 0);
}

export const allLayers = 3;

export function executionOf({ scenario }: World, state: State, { at, booking }: Slot): number {
  return booking >= 0 ? (scenario.executions[booking] as number) : byteOf(state, at + 2) & 7;
}

/** Which of the runs of its name a booking run is. */
const runOfItsName = ({ scenario }: World, booking: number): number =>
  booking > 0 && scenario.executions[booking] === scenario.executions[0] ? 1 : 0;

export function variantOf(world: World, state: State, slot: Slot): number {
  const { at, booking } = slot;
  if (booking < 0) return byteOf(state, at + 2) >> 4;
  if (byteOf(state, at) === step.reserveBooking) return runOfItsName(world, booking);
  return (progressOf(state, slot) & commitUnknownBit) !== 0 ? cause.ownCommit : cause.own;
}

export const isCustomersCancel = (state: State, { at, booking }: Slot): boolean =>
  booking < 0 && byteOf(state, at + 2) >> 4 === cause.customer;

export function describeRun(world: World, state: State, slot: Slot): string {
  if (slot.booking >= 0) return `booking run ${nameOf(slot.booking)}`;
  const execution = nameOf(executionOf(world, state, slot));
  return isCustomersCancel(state, slot) ? `cancel run of ${execution}` : `redrive of ${execution}`;
}

/** @returns whether there was a slot free */
export function startCancelRun(state: State, execution: number, why: number): boolean {
  for (const { at } of cancelSlots) {
    if (byteOf(state, at) !== step.none) continue;
    state[at] = step.cancelBooking;
    state[at + 1] = allLayers << reachedShift;
    state[at + 2] = execution | (why << 4);
    return true;
  }
  return false;
}

export function isExecutionRunning({ scenario }: World, state: State, execution: number): boolean {
  return bookingSlots.some((slot) => scenario.executions[slot.booking] === execution && isRunning(stepOf(state, slot)));
}

export function isBeingCancelled(state: State, execution: number): boolean {
  return cancelSlots.some(({ at }) => byteOf(state, at) !== step.none && (byteOf(state, at + 2) & 7) === execution);
}
