import { chargeKey } from './actions/payment.ts';
import { hasEvents } from './events.ts';
import { isLive, ownerOf, stands, status, statusNames, statusOf } from './header.ts';
import {
  confirmedItem,
  describeItem,
  freeSeats,
  heldSeats,
  holdsSeat,
  money,
  moneyNames,
  moneyOf,
  noItem,
} from './holdings.ts';
import { isAnyInFlight } from './late-writes.ts';
import { byteOf, executionCount, hotelAt, paymentAt, type State, tripCount, tripOf } from './layout.ts';
import { slots, stepOf } from './runs.ts';
import { isRunning } from './steps.ts';
import { nameOf, type World, wasAsked } from './world.ts';

/** What holds in every state. @returns what is broken, in words */
export function brokenSafety(world: World, state: State): string | undefined {
  for (let trip = 0; trip < tripCount; trip++) {
    if (statusOf(state, trip) !== status.confirmed) continue;
    const missing = missingOf(world, state, trip, ownerOf(state, trip));
    if (missing !== undefined) return `${nameOf(ownerOf(state, trip))} is CONFIRMED but ${missing}`;
  }
  if (heldSeats(state) + freeSeats(state) !== world.scenario.seats) return 'a seat came or went';
  const twice = moneyOf(state, 0) === money.captured && moneyOf(state, 1) === money.captured;
  return twice && world.rules.chargeKeyNamesExecution ? 'T1 is paid twice' : undefined;
}

function missingOf(world: World, state: State, trip: number, owner: number): string | undefined {
  const hotel = byteOf(state, hotelAt + trip);
  if (hotel !== confirmedItem(owner)) return `its hotel is ${describeItem(hotel)}`;
  const payment = byteOf(state, paymentAt + trip);
  if (payment !== confirmedItem(owner)) return `its payment is ${describeItem(payment)}`;
  if (!holdsSeat(state, owner)) return 'it has no seat';
  const charge = moneyOf(state, chargeKey(world, owner));
  return charge === money.captured ? undefined : `its money is ${moneyNames[charge]}`;
}

/** No run, no event and no late write is left: only the reconciler may act. */
export const isCalm = (state: State): boolean =>
  !slots.some((slot) => isRunning(stepOf(state, slot))) && !isAnyInFlight(state) && !hasEvents(state);

/** What holds in a calm state once the reconciler has done its work. */
export function brokenAtRest(world: World, state: State): string | undefined {
  for (let trip = 0; trip < tripCount; trip++) {
    const now = statusOf(state, trip);
    const whose = `header ${statusNames[now]}(${nameOf(ownerOf(state, trip))})`;
    if (now === status.unconfirmed || now === status.cancelling) return `the header stays ${statusNames[now]}`;
    if (now === status.confirmed) continue;
    const hotel = byteOf(state, hotelAt + trip);
    if (hotel !== noItem) return `a hotel is left: ${describeItem(hotel)}, ${whose}`;
    const payment = byteOf(state, paymentAt + trip);
    if (payment !== noItem) return `a payment is left: ${describeItem(payment)}, ${whose}`;
  }
  for (let execution = 0; execution < executionCount; execution++) {
    const isConfirmed = stands(state, execution, status.confirmed);
    if (isConfirmed && wasAsked(state, execution)) return `the customer's cancellation of ${nameOf(execution)} is lost`;
    if (holdsSeat(state, execution) && !isConfirmed) return `a seat hold of ${nameOf(execution)} is left`;
    const isPaidFor = world.rules.chargeKeyNamesExecution
      ? isConfirmed
      : statusOf(state, tripOf(execution)) === status.confirmed;
    if (moneyOf(state, execution) === money.captured && !isPaidFor) return `the money of ${nameOf(execution)} is kept`;
  }
  return undefined;
}

export const isOrphaned = (state: State, execution: number): boolean =>
  holdsSeat(state, execution) && !isLive(state, execution);
