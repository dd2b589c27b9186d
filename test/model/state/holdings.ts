import { byteOf, chargeAt, executionCount, hotelAt, paymentAt, type State, seatsAt, tripOf } from './layout.ts';

/** An item of a trip (hotel or payment) in a byte: absent, or whose it is and whether it is confirmed. */
export const noItem = 0;
export const pendingItem = (execution: number): number => 1 + execution * 2;
export const confirmedItem = (execution: number): number => 2 + execution * 2;
/** @returns -1 where there is no item */
export const itemOwner = (item: number): number => (item === noItem ? -1 : (item - 1) >> 1);
export const confirmedAsItIs = (item: number): number => ((item - 1) | 1) + 1;
/** Confirmed by an execution that did not check whether there is anything to confirm. */
export const orphanItem = 8;

export function describeItem(item: number): string {
  if (item === noItem) return 'none';
  const owner = item === orphanItem ? 'no run' : `E${itemOwner(item) + 1}`;
  return `${item % 2 === 0 ? 'confirmed' : 'pending'}(${owner})`;
}

/** The gateway's ledger, by its idempotency key, which names the execution. */
export const money = { none: 0, captured: 1, refunded: 2, voided: 3 } as const;
export const moneyNames = ['none', 'captured', 'refunded', 'voided'] as const;
export const moneyOf = (state: State, key: number): number => byteOf(state, chargeAt + key);
export function writeMoney(state: State, key: number, value: number): void {
  state[chargeAt + key] = value;
}

/** The one flight of both trips: a bit an execution that holds a seat, and above them the seats that are free. */
export function writeFreeSeats(state: State, seats: number): void {
  state[seatsAt] = seats << 4;
}
export const freeSeats = (state: State): number => byteOf(state, seatsAt) >> 4;
export const holdsSeat = (state: State, execution: number): boolean =>
  ((byteOf(state, seatsAt) >> execution) & 1) === 1;
export function takeSeat(state: State, execution: number): void {
  state[seatsAt] = (byteOf(state, seatsAt) | (1 << execution)) - 16;
}
export function giveSeatBack(state: State, execution: number): void {
  state[seatsAt] = (byteOf(state, seatsAt) & ~(1 << execution)) + 16;
}
export function heldSeats(state: State): number {
  let held = 0;
  for (let execution = 0; execution < executionCount; execution++) held += holdsSeat(state, execution) ? 1 : 0;
  return held;
}

/** Items of this execution among those of its trip. */
export const hasItems = (state: State, execution: number): boolean =>
  itemOwner(byteOf(state, hotelAt + tripOf(execution))) === execution ||
  itemOwner(byteOf(state, paymentAt + tripOf(execution))) === execution;
/** Items, a seat or money of this execution. */
export const isAnythingLeft = (state: State, execution: number): boolean =>
  hasItems(state, execution) || holdsSeat(state, execution) || moneyOf(state, execution) === money.captured;
