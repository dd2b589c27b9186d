import { chargeKey } from '#test/model/actions/payment.ts';
import { isRunning } from '#test/model/machine/steps.ts';
import { isRequested, isUnfinished, ownerOf, stands, status, statusNames, statusOf } from '#test/model/state/header.ts';
import {
  confirmedItem,
  describeItem,
  freeSeats,
  hasItems,
  heldSeats,
  holdsSeat,
  money,
  moneyNames,
  moneyOf,
  noItem,
} from '#test/model/state/holdings.ts';
import { isAnyInFlight } from '#test/model/state/late-writes.ts';
import { byteOf, executionCount, hotelAt, paymentAt, type State, tripCount, tripOf } from '#test/model/state/layout.ts';
import { hadHeader, lastTold, messagesOf, wasAsked } from '#test/model/state/memories.ts';
import { areQueuesEmpty } from '#test/model/state/queues.ts';
import { slots, stepOf } from '#test/model/state/runs.ts';
import { nameOf, type World } from '#test/model/world.ts';

/** The promises for every state. @returns the broken one, in words */
export function brokenSafety(world: World, state: State): string | undefined {
  for (let trip = 0; trip < tripCount; trip++) {
    const now = statusOf(state, trip);
    if (now === status.none) continue;
    const owner = ownerOf(state, trip);
    const missing = now === status.confirmed ? missingOf(world, state, trip, owner) : undefined;
    if (missing !== undefined) return `${nameOf(owner)} is CONFIRMED but ${missing}`;
    if (now === status.cancelled && hasItems(state, owner))
      return `${nameOf(owner)} is CANCELLED but ${itemsOf(state, trip)}`;
    if (isUnfinished(state, trip)) continue;
    const isFinished = now === status.cancelled || (now === status.confirmed && !isRequested(state, trip));
    if (!isFinished) return `${nameOf(owner)} is ${statusNames[now]} and not on the list of the unfinished`;
    if (lastTold(state, owner) !== now)
      return `${nameOf(owner)} is off the list of the unfinished and ${untold(state, owner)}`;
  }
  if (heldSeats(state) + freeSeats(state) !== world.scenario.seats) return 'a seat came or went';
  const twice = moneyOf(state, 0) === money.captured && moneyOf(state, 1) === money.captured;
  return twice && world.rules.chargeKeyNamesExecution ? 'T1 is paid twice' : undefined;
}

const itemsOf = (state: State, trip: number): string =>
  `its hotel is ${describeItem(byteOf(state, hotelAt + trip))}, its payment ${describeItem(byteOf(state, paymentAt + trip))}`;

const untold = (state: State, execution: number): string => {
  const told = lastTold(state, execution);
  return told === status.none ? 'never told' : `told last to be ${statusNames[told]}`;
};

function missingOf(world: World, state: State, trip: number, owner: number): string | undefined {
  const hotel = byteOf(state, hotelAt + trip);
  if (hotel !== confirmedItem(owner)) return `its hotel is ${describeItem(hotel)}`;
  const payment = byteOf(state, paymentAt + trip);
  if (payment !== confirmedItem(owner)) return `its payment is ${describeItem(payment)}`;
  if (!holdsSeat(state, owner)) return 'it has no seat';
  const charge = moneyOf(state, chargeKey(world, owner));
  return charge === money.captured ? undefined : `its money is ${moneyNames[charge]}`;
}

/** No run, no event, no letter and no late write is left: only the reconciler may act. */
export const isCalm = (state: State): boolean =>
  !slots.some((slot) => isRunning(stepOf(state, slot))) && !isAnyInFlight(state) && areQueuesEmpty(state);

/** The promises for a calm state after the reconciler's work. */
export function brokenAtRest(world: World, state: State): string | undefined {
  for (let trip = 0; trip < tripCount; trip++) {
    const broken = brokenTrip(state, trip);
    if (broken !== undefined) return broken;
  }
  for (let execution = 0; execution < executionCount; execution++) {
    const broken = brokenExecution(world, state, execution) ?? brokenMessages(world, state, execution);
    if (broken !== undefined) return broken;
  }
  return undefined;
}

function brokenTrip(state: State, trip: number): string | undefined {
  const now = statusOf(state, trip);
  const whose = `header ${statusNames[now]}(${nameOf(ownerOf(state, trip))})`;
  if (now === status.unconfirmed || now === status.cancelling) return `the header stays ${statusNames[now]}`;
  if (now === status.confirmed) return undefined;
  const hotel = byteOf(state, hotelAt + trip);
  if (hotel !== noItem) return `a hotel is left: ${describeItem(hotel)}, ${whose}`;
  const payment = byteOf(state, paymentAt + trip);
  return payment !== noItem ? `a payment is left: ${describeItem(payment)}, ${whose}` : undefined;
}

function brokenExecution({ rules }: World, state: State, execution: number): string | undefined {
  const isConfirmed = stands(state, execution, status.confirmed);
  if (isConfirmed && wasAsked(state, execution)) return `the customer's cancellation of ${nameOf(execution)} is lost`;
  if (holdsSeat(state, execution) && !isConfirmed) return `a seat hold of ${nameOf(execution)} is left`;
  const isPaidFor = rules.chargeKeyNamesExecution
    ? isConfirmed
    : statusOf(state, tripOf(execution)) === status.confirmed;
  return moneyOf(state, execution) === money.captured && !isPaidFor
    ? `the money of ${nameOf(execution)} is kept`
    : undefined;
}

/** Everybody hears how it ended, at least once and last; and points are those of confirmed bookings. */
function brokenMessages({ deliveries }: World, state: State, execution: number): string | undefined {
  const isConfirmed = stands(state, execution, status.confirmed);
  const end = isConfirmed ? status.confirmed : status.cancelled;
  if (hadHeader(state, execution) && lastTold(state, execution) !== end) {
    return `${nameOf(execution)} ended ${statusNames[end]} and was ${untold(state, execution)}`;
  }
  const wrong = deliveries[messagesOf(state, execution)]?.find(({ points }) => points !== (isConfirmed ? 1 : 0));
  if (wrong === undefined) return undefined;
  const order = wrong.order.join(', ') || 'nothing';
  return `${nameOf(execution)} ended ${statusNames[end]} and has earned ${wrong.points}, where the queue delivers ${order}`;
}
