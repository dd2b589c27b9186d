import { ownerOf, owns, status, statusOf } from '../header.ts';
import { type State, tripOf } from '../layout.ts';
import { isExecutionRunning } from '../runs.ts';
import { cause, reply, type Write } from '../steps.ts';
import { nameOf, type World } from '../world.ts';
import { moveHeader } from './booking.ts';

/** CancelBooking, the fence: the header moves to CANCELLING before anything is undone. */
export function cancelBooking(world: World, state: State, { execution, variant }: Write): number {
  const { rules } = world;
  const trip = tripOf(execution);
  const now = statusOf(state, trip);
  if (now === status.none && !rules.tombstone) return reply.done;
  const mayWriteTombstone =
    now === status.none ||
    (now === status.cancelled && ownerOf(state, trip) < execution && rules.tombstoneOverOlderCancelled);
  if (mayWriteTombstone) return fence(world, state, execution);
  // Another booking's header: each layer finds nothing of ours.
  if (!owns(state, execution)) return reply.done;
  if (now === status.unconfirmed) {
    const isItsName = world.scenario.executions[0] !== world.scenario.executions[1];
    if (variant === cause.redrive && isItsName && isExecutionRunning(world, state, execution)) {
      world.violation ??= `a redrive cancels ${nameOf(execution)}, which is running`;
    }
    return fence(world, state, execution);
  }
  if (now !== status.confirmed) return reply.done;
  if (variant === cause.redrive && rules.redriveSparesConfirmed) return reply.notFenced;
  if (variant === cause.own && rules.ownRunSparesConfirmed) return reply.notFenced;
  return fence(world, state, execution);
}

function fence(world: World, state: State, execution: number): number {
  moveHeader(world, state, tripOf(execution), status.cancelling, execution);
  return reply.done;
}
