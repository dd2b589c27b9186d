/**
 * A state of the model is a fixed number of bytes, so that millions of them fit into memory and two are compared word by
 * word. This file alone knows where each part lies; how its bytes are read stands in the file of that part.
 */
export type State = Uint8Array;

/** T1 is the trip that E1 and E2 book; E3 books T2, on the same flight. */
export const tripCount = 2;
export const executionCount = 3;
const tripOfExecution = [0, 0, 1] as const;
export const tripOf = (execution: number): number => tripOfExecution[execution] as number;

/** Cancel runs (the customer's and redrives) that may be under way at once, and writes that may still be in flight. */
export const cancelRunCount = 2;
export const lateWriteCount = 3;

/** A byte a trip. */
export const headerAt = 0;
export const hotelAt = 2;
export const paymentAt = 4;
/** A byte an execution. */
export const chargeAt = 6;
export const memoriesAt = 9;
export const queuesAt = 12;
/** Two bytes a booking run: step and progress. */
export const bookingRunsAt = 15;
/** Three bytes a cancel run: step, progress and whose it is. */
export const cancelRunsAt = 21;
export const lateWritesAt = 27;
/** One byte each. */
export const seatsAt = 30;
export const openedByAt = 31;
export const budgetsAt = 32;
export const administratorAt = 35;
export const stateBytes = 36;

export const byteOf = (state: State, at: number): number => state[at] as number;
export const hasBit = (state: State, at: number, bit: number): boolean => (byteOf(state, at) & bit) !== 0;
export function setBit(state: State, at: number, bit: number): void {
  state[at] = byteOf(state, at) | bit;
}
export function clearBit(state: State, at: number, bit: number): void {
  state[at] = byteOf(state, at) & ~bit;
}
