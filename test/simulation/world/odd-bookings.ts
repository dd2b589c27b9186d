import type { BookingRunInput } from '#functions/trip/run-input.ts';
import { PlanError } from '../plans/plan.ts';
import { booksOf } from './books.ts';
import type { Deeds } from './deeds.ts';
import { authorize, startBooking, trips } from './trips.ts';
import type { World } from './world.ts';

type Act = readonly [about: string, act: (world: World, deeds: Deeds) => Promise<void>];

/** Bookings whose charge or flight is not one of their own. */
export const oddBookings: Readonly<Record<string, Act>> = {
  rebook: [
    "the trip is booked again with the first booking's charge",
    (world, deeds) => startBooking(world, deeds, trips.book, { payment_token: first(deeds).payment_token }),
  ],
  shared: [
    "another trip is booked with the first booking's charge",
    (world, deeds) => startBooking(world, deeds, trips.other, { payment_token: first(deeds).payment_token }),
  ],
  stolen: [
    "another customer books another trip with the first booking's charge",
    (world, deeds) =>
      startBooking(world, deeds, trips.other, { payment_token: first(deeds).payment_token, customer: 'mallory' }),
  ],
  short: [
    'the trip is booked with a charge that is authorized for a cent',
    (world, deeds) => startBooking(world, deeds, trips.book, {}, { authorized_minor: 1 }),
  ],
  foreign: [
    'the trip is booked with a charge in another currency',
    (world, deeds) => startBooking(world, deeds, trips.book, {}, { currency: 'JPY' }),
  ],
  unpaid: [
    'the trip is booked with a charge that is not authorized yet',
    (world, deeds) => startBooking(world, deeds, trips.book, { payment_token: 'unknown-charge' }),
  ],
  charge: ["the first booking's charge is authorized, unless it is known already", charge],
  nowhere: [
    'the trip is booked on a flight that does not exist',
    (world, deeds) => startBooking(world, deeds, trips.book, { outbound_flight_id: 'nowhere' }),
  ],
};

/** @throws PlanError where nothing was booked yet */
export function first({ runs }: Deeds): BookingRunInput {
  const [run] = runs;
  if (run === undefined) throw new PlanError('This act comes after "book": it is about the first booking');
  return run;
}

/** The gateway authorizes no token that it has voided. */
async function charge(world: World, deeds: Deeds): Promise<void> {
  const { payment_token: token } = first(deeds);
  if (!booksOf(world.cloud).charges.has(token)) await authorize(world, token);
}
