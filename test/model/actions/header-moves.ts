import {
  isUnfinished,
  ownerOf,
  putHeader,
  status,
  statusOf,
  updateStatus,
  writeOpenedBy,
} from '#test/model/state/header.ts';
import { type State, tripOf } from '#test/model/state/layout.ts';
import { knowsItsCommit, publish, rememberHeader, wasAsked } from '#test/model/state/memories.ts';
import { areOneCustomers, nameOf, type World } from '#test/model/world.ts';

/** Puts a header of this execution in the place of any other. */
export function replaceHeader(world: World, state: State, execution: number, to: number): void {
  const trip = tripOf(execution);
  leaveHeader(world, state, trip);
  if (statusOf(state, trip) !== status.none && !areOneCustomers(world, ownerOf(state, trip), execution)) {
    world.violation ??= `${nameOf(execution)} takes the booking of another customer, ${nameOf(ownerOf(state, trip))}`;
  }
  tellClosed(world, state, trip);
  putHeader(state, trip, to, execution);
  rememberHeader(state, execution);
}

/** Nothing else would: its key on the list of the unfinished goes with the header. */
function tellClosed({ rules }: World, state: State, trip: number): void {
  const isUntold = statusOf(state, trip) === status.cancelled && isUnfinished(state, trip);
  if (isUntold && rules.closedIsToldFirst) publish(state, ownerOf(state, trip), status.cancelled);
}

export function moveHeader(world: World, state: State, trip: number, to: number): void {
  leaveHeader(world, state, trip);
  updateStatus(state, trip, to);
  // Only asked while the header is UNCONFIRMED.
  writeOpenedBy(state, trip, 0);
}

/** A booking that its run knows to be confirmed is left only when its customer asks. */
function leaveHeader(world: World, state: State, trip: number): void {
  const owner = ownerOf(state, trip);
  if (statusOf(state, trip) === status.confirmed && knowsItsCommit(state, owner) && !wasAsked(state, owner)) {
    world.violation ??= `the CONFIRMED booking of ${nameOf(owner)} is destroyed`;
  }
}
