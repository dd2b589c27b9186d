import { byteOf, eventsAt, executionCount, type State } from './layout.ts';

/** Events of ended runs that the redrive function has not taken yet: their number, and one of a customer's cancellation. */
const countMask = 3;
const mostEvents = 2;
const customersBit = 1 << 2;

export const eventCount = (state: State, execution: number): number => byteOf(state, eventsAt + execution) & countMask;
export const hasCustomersEvent = (state: State, execution: number): boolean =>
  (byteOf(state, eventsAt + execution) & customersBit) !== 0;
export const hasAnyEvent = (state: State, execution: number): boolean => byteOf(state, eventsAt + execution) !== 0;

export function hasEvents(state: State): boolean {
  for (let execution = 0; execution < executionCount; execution++) if (hasAnyEvent(state, execution)) return true;
  return false;
}

export function noteRunEnded(state: State, execution: number, forTheCustomer: boolean): void {
  const events = byteOf(state, eventsAt + execution);
  if (forTheCustomer) state[eventsAt + execution] = events | customersBit;
  else if ((events & countMask) < mostEvents) state[eventsAt + execution] = events + 1;
}

export function takeEvent(state: State, execution: number): void {
  state[eventsAt + execution] = byteOf(state, eventsAt + execution) - 1;
}
export function takeCustomersEvent(state: State, execution: number): void {
  state[eventsAt + execution] = byteOf(state, eventsAt + execution) & ~customersBit;
}
