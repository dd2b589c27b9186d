import { status } from './header.ts';
import { byteOf, clearBit, executionCount, hasBit, queuesAt, type State, setBit } from './layout.ts';

/** Messages that wait in a queue, a byte for each execution. */
const countMask = 3;
const mostEvents = 2;
const customersEventBit = 1 << 2;
const confirmedLetterBit = 1 << 3;
const cancelledLetterBit = 1 << 4;
const requestBit = 1 << 5;

export const isAnythingQueued = (state: State, execution: number): boolean => byteOf(state, queuesAt + execution) !== 0;

export function areQueuesEmpty(state: State): boolean {
  for (let execution = 0; execution < executionCount; execution++) if (isAnythingQueued(state, execution)) return false;
  return true;
}

/** Events of ended runs, and dead letters of compensations, which go the same way: their number, and one of a customer's cancellation. */
export const eventCount = (state: State, execution: number): number => byteOf(state, queuesAt + execution) & countMask;
export const hasCustomersEvent = (state: State, execution: number): boolean =>
  hasBit(state, queuesAt + execution, customersEventBit);

export function sendEvent(state: State, execution: number, forTheCustomer: boolean): void {
  if (forTheCustomer) setBit(state, queuesAt + execution, customersEventBit);
  else if (eventCount(state, execution) < mostEvents)
    state[queuesAt + execution] = byteOf(state, queuesAt + execution) + 1;
}
export function takeEvent(state: State, execution: number, forTheCustomer: boolean): void {
  if (forTheCustomer) clearBit(state, queuesAt + execution, customersEventBit);
  else state[queuesAt + execution] = byteOf(state, queuesAt + execution) - 1;
}

/** Dead letters of notifications, one a status. */
const letterBit = (told: number): number => (told === status.confirmed ? confirmedLetterBit : cancelledLetterBit);
export const hasLetter = (state: State, execution: number, told: number): boolean =>
  hasBit(state, queuesAt + execution, letterBit(told));
export const sendLetter = (state: State, execution: number, told: number): void =>
  setBit(state, queuesAt + execution, letterBit(told));
export const takeLetter = (state: State, execution: number, told: number): void =>
  clearBit(state, queuesAt + execution, letterBit(told));

/** A DELETE that has done the first of its two writes: mark and start, in the order that the rule has. */
export const isRequestOpen = (state: State, execution: number): boolean =>
  hasBit(state, queuesAt + execution, requestBit);
export const openRequest = (state: State, execution: number): void => setBit(state, queuesAt + execution, requestBit);
export const endRequest = (state: State, execution: number): void => clearBit(state, queuesAt + execution, requestBit);
