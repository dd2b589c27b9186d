import { status } from './header.ts';
import { byteOf, clearBit, hasBit, memoriesAt, type State, setBit } from './layout.ts';

/** The model's own notes on an execution, for its promises; no step of a run reads them. */
const toldConfirmedBit = 1 << 0;
const toldCancelledBit = 1 << 1;
const lastToldConfirmedBit = 1 << 2;
const heldHeaderBit = 1 << 3;
const undoneBit = 1 << 4;
const knowsCommitBit = 1 << 5;
const askedBit = 1 << 6;

/** Its messages on the topic, as bits: CONFIRMED 1, CANCELLED 2. They may reach a subscriber in any order and twice. */
export const messagesOf = (state: State, execution: number): number =>
  byteOf(state, memoriesAt + execution) & (toldConfirmedBit | toldCancelledBit);

/** @returns a `status`; none where nothing was told */
export function lastTold(state: State, execution: number): number {
  if (messagesOf(state, execution) === 0) return status.none;
  return hasBit(state, memoriesAt + execution, lastToldConfirmedBit) ? status.confirmed : status.cancelled;
}

export function publish(state: State, execution: number, told: number): void {
  const at = memoriesAt + execution;
  if (told === status.confirmed) setBit(state, at, toldConfirmedBit | lastToldConfirmedBit);
  else {
    setBit(state, at, toldCancelledBit);
    clearBit(state, at, lastToldConfirmedBit);
  }
}

/** It has had the header, so its customer is owed how it ended. */
export const hadHeader = (state: State, execution: number): boolean =>
  hasBit(state, memoriesAt + execution, heldHeaderBit);
export const rememberHeader = (state: State, execution: number): void =>
  setBit(state, memoriesAt + execution, heldHeaderBit);

/** A cancellation of it has found the trip free: no write of it may open the booking after that. */
export const wasUndone = (state: State, execution: number): boolean => hasBit(state, memoriesAt + execution, undoneBit);
export const rememberUndone = (state: State, execution: number): void =>
  setBit(state, memoriesAt + execution, undoneBit);

/** The run has seen its commit succeed. */
export const knowsItsCommit = (state: State, execution: number): boolean =>
  hasBit(state, memoriesAt + execution, knowsCommitBit);
export const rememberCommit = (state: State, execution: number): void =>
  setBit(state, memoriesAt + execution, knowsCommitBit);

/** The customer has asked to cancel it, and was not told that this failed. */
export const wasAsked = (state: State, execution: number): boolean => hasBit(state, memoriesAt + execution, askedBit);
export const rememberAsked = (state: State, execution: number): void => setBit(state, memoriesAt + execution, askedBit);
