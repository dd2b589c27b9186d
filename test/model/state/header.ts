import { byteOf, clearBit, hasBit, headerAt, openedByAt, type State, setBit, tripOf } from './layout.ts';

/** A booking's header in a byte: status, whose it is, and two attributes. */
export const status = { none: 0, unconfirmed: 1, confirmed: 2, cancelling: 3, cancelled: 4 } as const;
export const statusNames = ['none', 'UNCONFIRMED', 'CONFIRMED', 'CANCELLING', 'CANCELLED'] as const;

const statusMask = 7;
const ownerShift = 3;
/** `cancelRequestedAt`: the customer's wish, before any run has acted on it. */
const requestedBit = 1 << 5;
/** The key of `ByUnfinished`, by which the reconciler finds a header. */
const unfinishedBit = 1 << 6;
/** `replaces`: it has taken the place of another one's header; of a trip's two executions there is but one other. */
const replacesBit = 1 << 7;

export const statusOf = (state: State, trip: number): number => byteOf(state, headerAt + trip) & statusMask;
export const ownerOf = (state: State, trip: number): number => (byteOf(state, headerAt + trip) >> ownerShift) & 3;
export const isRequested = (state: State, trip: number): boolean => hasBit(state, headerAt + trip, requestedBit);
/** Whether the header that stands has taken the place of this execution's. */
export const wasReplaced = (state: State, execution: number): boolean =>
  ownerOf(state, tripOf(execution)) !== execution && hasBit(state, headerAt + tripOf(execution), replacesBit);
export const isUnfinished = (state: State, trip: number): boolean => hasBit(state, headerAt + trip, unfinishedBit);

/** A header in the place of any other: nothing of that one is left. */
export function putHeader(state: State, trip: number, newStatus: number, owner: number): void {
  const isReplacing = statusOf(state, trip) !== status.none;
  state[headerAt + trip] = newStatus | (owner << ownerShift) | unfinishedBit;
  if (isReplacing) markReplacing(state, trip);
}
export function updateStatus(state: State, trip: number, newStatus: number): void {
  state[headerAt + trip] = (byteOf(state, headerAt + trip) & ~statusMask) | newStatus;
}
export function deleteHeader(state: State, trip: number): void {
  state[headerAt + trip] = status.none;
}
export const markReplacing = (state: State, trip: number): void => setBit(state, headerAt + trip, replacesBit);
export const markRequested = (state: State, trip: number): void => setBit(state, headerAt + trip, requestedBit);
export const markUnfinished = (state: State, trip: number): void => setBit(state, headerAt + trip, unfinishedBit);
export const markFinished = (state: State, trip: number): void => clearBit(state, headerAt + trip, unfinishedBit);

export const owns = (state: State, execution: number): boolean =>
  statusOf(state, tripOf(execution)) !== status.none && ownerOf(state, tripOf(execution)) === execution;

/** Whether this execution's own header has that status. */
export const stands = (state: State, execution: number, wanted: number): boolean =>
  owns(state, execution) && statusOf(state, tripOf(execution)) === wanted;

/** Whether a seat hold is live: its execution has a header that is not cancelled. */
export const isLive = (state: State, execution: number): boolean =>
  owns(state, execution) && !stands(state, execution, status.cancelled);

/** `openedAt`: which of the runs of one name opened T1's header, the only one that two runs of one name book. */
export const openedBy = (state: State, trip: number): number => (trip === 0 ? byteOf(state, openedByAt) : 0);
export function writeOpenedBy(state: State, trip: number, runOfItsName: number): void {
  if (trip === 0) state[openedByAt] = runOfItsName;
}
