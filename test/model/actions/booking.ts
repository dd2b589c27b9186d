import { openedBy, ownerOf, owns, status, statusOf, writeHeader, writeOpenedBy } from '../header.ts';
import { confirmedItem, holdsSeat } from '../holdings.ts';
import { byteOf, hotelAt, paymentAt, type State, tripOf } from '../layout.ts';
import { reply, type Write } from '../steps.ts';
import { knowsItsCommit, nameOf, type World, wasAsked } from '../world.ts';

/** Every write of a header: a booking that its run knows to be confirmed is only left when its customer asks. */
export function moveHeader(world: World, state: State, trip: number, to: number, execution: number): void {
  const owner = ownerOf(state, trip);
  const stays = to === status.confirmed && owner === execution;
  if (statusOf(state, trip) === status.confirmed && !stays && knowsItsCommit(state, owner) && !wasAsked(state, owner)) {
    world.violation ??= `the CONFIRMED booking of ${nameOf(owner)} is destroyed`;
  }
  writeHeader(state, trip, to, execution);
}

/** ReserveBooking opens the header: where there is none, or an older one that was cancelled. */
export function reserveBooking(world: World, state: State, { execution, variant }: Write): number {
  const { rules } = world;
  const trip = tripOf(execution);
  const now = statusOf(state, trip);
  if (owns(state, execution)) {
    const isOfThisRun = trip !== 0 || openedBy(state, trip) === variant || !rules.headerRemembersItsRun;
    if (now === status.unconfirmed && isOfThisRun) return reply.done;
    return now === status.confirmed && !rules.ownConfirmedIsNoReserve ? reply.done : reply.refused;
  }
  const isGivenFree = now === status.cancelled || (now === status.cancelling && !rules.onlyCancelledIsRebooked);
  const isOlder = ownerOf(state, trip) < execution || !rules.onlyLaterRunsRebook;
  if (now !== status.none && !(isGivenFree && isOlder)) return reply.refused;
  moveHeader(world, state, trip, status.unconfirmed, execution);
  writeOpenedBy(state, trip, variant);
  return reply.done;
}

/** ConfirmBooking is the commit. */
export function confirmBooking(world: World, state: State, { execution }: Write): number {
  const { rules } = world;
  const trip = tripOf(execution);
  const now = statusOf(state, trip);
  const own = owns(state, execution);
  if (own && now === status.confirmed && rules.ownConfirmedIsSuccess) return reply.done;
  if (!(own && now === status.unconfirmed)) return reply.refused;
  const hasItems =
    byteOf(state, hotelAt + trip) === confirmedItem(execution) &&
    byteOf(state, paymentAt + trip) === confirmedItem(execution) &&
    holdsSeat(state, execution);
  if (rules.commitChecksItems && !hasItems) return reply.refused;
  moveHeader(world, state, trip, status.confirmed, execution);
  return reply.done;
}

/** CloseBooking ends the cancellation. */
export function closeBooking(world: World, state: State, { execution }: Write): number {
  const trip = tripOf(execution);
  const now = statusOf(state, trip);
  const own = owns(state, execution);
  if (now === status.cancelling && (own || !world.rules.closeOwnOnly)) {
    moveHeader(world, state, trip, status.cancelled, ownerOf(state, trip));
    return reply.done;
  }
  return own && (now === status.unconfirmed || now === status.confirmed) ? reply.refused : reply.done;
}
