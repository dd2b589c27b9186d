import { reply, type Write } from '#test/model/machine/steps.ts';
import { owns, status, statusOf } from '#test/model/state/header.ts';
import {
  confirmedAsItIs,
  freeSeats,
  giveSeatBack,
  holdsSeat,
  itemOwner,
  noItem,
  orphanItem,
  pendingItem,
  takeSeat,
} from '#test/model/state/holdings.ts';
import { byteOf, hotelAt, type State, tripOf } from '#test/model/state/layout.ts';
import type { World } from '#test/model/world.ts';

/** Reservations and payments write behind the fence: only for the booking that is being made. */
export const isOpenTo = (state: State, execution: number): boolean =>
  owns(state, execution) && statusOf(state, tripOf(execution)) === status.unconfirmed;

/** An item is put where there is none; this execution's own is success without a write. */
export function putItem({ rules }: World, state: State, at: number, execution: number): number {
  const item = byteOf(state, at);
  if (item !== noItem && rules.reserveNeverOverwrites) {
    return itemOwner(item) === execution ? reply.done : reply.refused;
  }
  state[at] = pendingItem(execution);
  return reply.done;
}

/** An item is deleted where it is this execution's: everything else is nothing to undo. */
export function deleteItem({ rules }: World, state: State, at: number, execution: number): number {
  const owner = itemOwner(byteOf(state, at));
  if (owner === execution || !rules.deleteOwnOnly) state[at] = noItem;
  return reply.done;
}

export function reserveHotel(world: World, state: State, { execution }: Write): number {
  if (world.rules.reservesBehindFence && !isOpenTo(state, execution)) return reply.refused;
  return putItem(world, state, hotelAt + tripOf(execution), execution);
}

export function confirmHotel({ rules }: World, state: State, { execution }: Write): number {
  const at = hotelAt + tripOf(execution);
  const item = byteOf(state, at);
  if (!rules.confirmNeverInserts) {
    state[at] = item === noItem ? orphanItem : confirmedAsItIs(item);
    return reply.done;
  }
  if (item === noItem || (itemOwner(item) !== execution && rules.confirmOwnOnly)) return reply.refused;
  state[at] = confirmedAsItIs(item);
  return reply.done;
}

export const cancelHotel = (world: World, state: State, { execution }: Write): number =>
  deleteItem(world, state, hotelAt + tripOf(execution), execution);

/** The seat alone is not fenced: an orphaned hold is the reconciler's. */
export function reserveSeat({ rules }: World, state: State, { execution }: Write): number {
  if (!rules.seatNeedsNoFence && !isOpenTo(state, execution)) return reply.refused;
  if (freeSeats(state) === 0 || holdsSeat(state, execution)) return reply.refused;
  takeSeat(state, execution);
  return reply.done;
}

export function releaseSeat(_: World, state: State, { execution }: Write): number {
  if (holdsSeat(state, execution)) giveSeatBack(state, execution);
  return reply.done;
}
