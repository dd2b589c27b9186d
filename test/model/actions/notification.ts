import { reply, type Write } from '#test/model/machine/steps.ts';
import { isRequested, markFinished, ownerOf, owns, status, statusOf, wasReplaced } from '#test/model/state/header.ts';
import { type State, tripOf } from '#test/model/state/layout.ts';
import { publish } from '#test/model/state/memories.ts';
import type { World } from '#test/model/world.ts';

type Notify = (world: World, state: State, write: Write) => number;

/** NotifyBookingConfirmed and NotifyBookingFailed: the message, then the header is off the list of the unfinished. */
export const notifyConfirmed: Notify = (world, state, write) => notify(world, state, write, status.confirmed);
export const notifyCancelled: Notify = (world, state, write) => notify(world, state, write, status.cancelled);

function notify(world: World, state: State, { part, execution }: Write, told: number): number {
  const { publishFollowsItsRead, notifyReadsTheHeader } = world.rules;
  const looks = part === 0;
  const publishes = publishFollowsItsRead ? part === 0 : part === 1;
  if (looks && notifyReadsTheHeader && !stillSays(world, state, execution, told)) return reply.done;
  if (publishes) publish(state, execution, told);
  if (looks || publishes) return reply.more;
  if (mayTakeOffTheList(world, state, execution, told)) markFinished(state, tripOf(execution));
  return reply.done;
}

/** The own header says it; or one stands there that has taken its place, which it does only once ours was closed. */
export function stillSays({ rules }: World, state: State, execution: number, told: number): boolean {
  const trip = tripOf(execution);
  const now = statusOf(state, trip);
  if (now === status.none) return false;
  if (ownerOf(state, trip) === execution) return now === told;
  return told === status.cancelled && wasReplaced(state, execution) && rules.replacedIsToldToo;
}

function mayTakeOffTheList({ rules }: World, state: State, execution: number, told: number): boolean {
  const trip = tripOf(execution);
  if (rules.takesOffItsOwn && !owns(state, execution)) return false;
  if (rules.takesOffWhatItTold && statusOf(state, trip) !== told) return false;
  return !(rules.keepsRequestedOnTheList && statusOf(state, trip) === status.confirmed && isRequested(state, trip));
}
