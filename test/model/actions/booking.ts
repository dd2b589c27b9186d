import { reply, type Write } from '#test/model/machine/steps.ts';
import {
  markFinished,
  openedBy,
  ownerOf,
  owns,
  stands,
  status,
  statusOf,
  writeOpenedBy,
} from '#test/model/state/header.ts';
import { hasItems } from '#test/model/state/holdings.ts';
import { type State, tripOf } from '#test/model/state/layout.ts';
import { wasUndone } from '#test/model/state/memories.ts';
import { areOneCustomers, nameOf, type World } from '#test/model/world.ts';
import { moveHeader, replaceHeader } from './header-moves.ts';

/** ReserveBooking opens the header: where there is none, or an older one of its customer that was cancelled. */
export function reserveBooking(world: World, state: State, { execution, variant }: Write): number {
  const { rules } = world;
  const trip = tripOf(execution);
  const now = statusOf(state, trip);
  if (owns(state, execution)) {
    const isOfThisRun = trip !== 0 || openedBy(state, trip) === variant || !rules.headerRemembersItsRun;
    if (now === status.unconfirmed && isOfThisRun) return reply.done;
    return now === status.confirmed && !rules.ownConfirmedIsRefused ? reply.done : reply.refused;
  }
  if (now !== status.none && !mayBookAgain(world, state, trip, execution)) return reply.refused;
  if (wasUndone(state, execution)) {
    world.violation ??= `a late ReserveBooking opens ${nameOf(execution)}, which was undone already`;
  }
  replaceHeader(world, state, execution, status.unconfirmed);
  writeOpenedBy(state, trip, variant);
  return reply.done;
}

function mayBookAgain(world: World, state: State, trip: number, execution: number): boolean {
  const { rules } = world;
  const now = statusOf(state, trip);
  const owner = ownerOf(state, trip);
  if (now !== status.cancelled && !(now === status.cancelling && !rules.onlyCancelledIsBookedAgain)) return false;
  if (owner > execution && rules.onlyLaterRunsBookAgain) return false;
  return areOneCustomers(world, owner, execution) || !rules.onlyItsCustomerBooksAgain;
}

/** ConfirmBooking is the commit. */
export function confirmBooking(world: World, state: State, { execution }: Write): number {
  const trip = tripOf(execution);
  if (stands(state, execution, status.confirmed) && world.rules.ownConfirmedIsSuccess) return reply.done;
  if (!stands(state, execution, status.unconfirmed)) return reply.refused;
  moveHeader(world, state, trip, status.confirmed);
  if (!world.rules.unfinishedUntilTold) markFinished(state, trip);
  return reply.done;
}

/** CloseBooking ends the cancellation, where nothing of the execution is left among the trip's items. */
export function closeBooking(world: World, state: State, { execution }: Write): number {
  const { rules } = world;
  const trip = tripOf(execution);
  if (rules.closeLooksAtWhatIsLeft && hasItems(state, execution)) return reply.refused;
  const isCancelling = statusOf(state, trip) === status.cancelling;
  if (isCancelling && (owns(state, execution) || !rules.closeOwnOnly)) {
    moveHeader(world, state, trip, status.cancelled);
    if (!rules.unfinishedUntilTold) markFinished(state, trip);
    return reply.done;
  }
  if (stands(state, execution, status.cancelled) || statusOf(state, trip) === status.none) return reply.done;
  // Ours was closed before, by another cancellation: only then is the trip booked again.
  if (!owns(state, execution) && rules.closedByAnotherIsSuccess) return reply.done;
  return reply.refused;
}
