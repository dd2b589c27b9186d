import { cause, reply, type Write } from '#test/model/machine/steps.ts';
import { markUnfinished, ownerOf, owns, status, statusOf, wasReplaced } from '#test/model/state/header.ts';
import { type State, tripOf } from '#test/model/state/layout.ts';
import { rememberUndone } from '#test/model/state/memories.ts';
import { isExecutionRunning } from '#test/model/state/runs.ts';
import { areOneCustomers, nameOf, type World } from '#test/model/world.ts';
import { moveHeader, replaceHeader } from './header-moves.ts';

/** CancelBooking, the fence: the header moves to CANCELLING before anything is undone. */
export function cancelBooking(world: World, state: State, write: Write): number {
  const trip = tripOf(write.execution);
  const now = statusOf(state, trip);
  if (now === status.none) return fenceFreeTrip(world, state, write, world.rules.tombstone);
  if (owns(state, write.execution)) return fenceOwn(world, state, write);
  const owner = ownerOf(state, trip);
  if (!areOneCustomers(world, owner, write.execution) && world.rules.onlyItsCustomerBooksAgain) return reply.notFenced;
  if (owner > write.execution) {
    const isClosed = wasReplaced(state, write.execution) && world.rules.newerMeansClosed;
    return isClosed ? reply.ownCancelled : reply.notFenced;
  }
  if (now !== status.cancelled) return reply.notFenced;
  return fenceFreeTrip(world, state, write, world.rules.tombstoneOverOlder);
}

/** No header, or one that another booking may replace: a tombstone refuses a ReserveBooking that comes late. */
function fenceFreeTrip(world: World, state: State, { execution }: Write, writesTombstone: boolean): number {
  rememberUndone(state, execution);
  if (!writesTombstone) return statusOf(state, tripOf(execution)) === status.none ? reply.done : reply.notFenced;
  replaceHeader(world, state, execution, status.cancelling);
  return reply.done;
}

function fenceOwn(world: World, state: State, { execution, variant }: Write): number {
  const { rules } = world;
  const trip = tripOf(execution);
  const now = statusOf(state, trip);
  if (now === status.cancelling) return reply.done;
  if (now === status.cancelled) return reply.ownCancelled;
  if (now === status.confirmed) {
    if (variant === cause.redrive && rules.redriveSparesConfirmed) return reply.ownConfirmed;
    if (variant === cause.own && rules.ownRunSparesConfirmed) return reply.ownConfirmed;
  } else if (variant === cause.redrive && !isOneName(world) && isExecutionRunning(world, state, execution)) {
    world.violation ??= `a redrive cancels ${nameOf(execution)}, which is running`;
  }
  moveHeader(world, state, trip, status.cancelling);
  markUnfinished(state, trip);
  return reply.done;
}

/** There a redrive of the first run may meet the second, which is to be refused anyway. */
const isOneName = ({ scenario }: World): boolean => scenario.executions[0] === scenario.executions[1];
