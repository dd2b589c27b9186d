import { byteOf, headerAt, openedByAt, type State, tripOf } from './layout.ts';

/** A booking's header in a byte: status, and whose it is. */
export const status = { none: 0, unconfirmed: 1, confirmed: 2, cancelling: 3, cancelled: 4 } as const;
export const statusNames = ['none', 'UNCONFIRMED', 'CONFIRMED', 'CANCELLING', 'CANCELLED'] as const;

export const statusOf = (state: State, trip: number): number => byteOf(state, headerAt + trip) & 7;
export const ownerOf = (state: State, trip: number): number => byteOf(state, headerAt + trip) >> 3;

export function writeHeader(state: State, trip: number, newStatus: number, owner: number): void {
  state[headerAt + trip] = newStatus | (owner << 3);
}

/** Not done yet: the header says that somebody has to go on. */
export function isUnfinished(state: State, trip: number): boolean {
  const now = statusOf(state, trip);
  return now === status.unconfirmed || now === status.cancelling;
}

export function owns(state: State, execution: number): boolean {
  const trip = tripOf(execution);
  return statusOf(state, trip) !== status.none && ownerOf(state, trip) === execution;
}

export const stands = (state: State, execution: number, wanted: number): boolean =>
  ownerOf(state, tripOf(execution)) === execution && statusOf(state, tripOf(execution)) === wanted;

/** What keeps a seat hold: a header of this execution that is not cancelled. */
export const isLive = (state: State, execution: number): boolean =>
  owns(state, execution) && !stands(state, execution, status.cancelled);

/** Only T1 is ever booked by two runs of one name. */
export const openedBy = (state: State, trip: number): number => (trip === 0 ? byteOf(state, openedByAt) : 0);
export function writeOpenedBy(state: State, trip: number, runOfItsName: number): void {
  if (trip === 0) state[openedByAt] = runOfItsName;
}
