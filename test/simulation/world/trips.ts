import { OUTSIDE } from '#embedded/index.ts';
import { minorUnits } from '#functions/shared/money/decimal-amount.ts';
import type { BookingRunInput } from '#functions/trip/run-input.ts';
import { newFlightItem } from '#schema/flight-item.ts';
import { keys } from '#schema/table.ts';
import { aNewFlight } from '#test/support/flights.ts';
import { aTrip } from '#test/support/trips.ts';
import { ticketPrice } from './asked-legs.ts';
import { type Item, wireItem } from './books.ts';
import type { Deeds } from './deeds.ts';
import { tableName } from './stack.ts';
import type { World } from './world.ts';

export const flightId = 'flight';
export const customer = 'alice';
/** The trip of most plans, and another one. The first id gives `ByUnfinished` a shard in the middle. */
export const trips = { book: 'trip', other: 'trip-2' } as const;

const put = ({ cloud }: World, item: Item) =>
  cloud.dynamodb.call('PutItem', { TableName: tableName, Item: wireItem(item) }, OUTSIDE);

/** Puts the flight that all trips of a plan take. */
export async function offerFlight(world: World, seatCapacity: number): Promise<void> {
  const flight = aNewFlight({ id: flightId, seatCapacity, ticketPrice });
  await put(world, newFlightItem(flight, { revision: 'revision', now: nowOf(world), seatAudit: 'always' }));
}

/** The input of a booking run whose charge is authorized. @param suffix of the run's name */
export async function aPaidTrip(world: World, tripId: string, suffix: string): Promise<BookingRunInput> {
  const trip = anUnpaidTrip(world, tripId, suffix);
  await authorize(world, trip.payment_token);
  return trip;
}

const anUnpaidTrip = (world: World, tripId: string, suffix: string): BookingRunInput =>
  aTrip({
    ...Object.fromEntries(world.asked.missing.map((field) => [field, undefined])),
    ...world.asked.price,
    execution_id: `${tripId}.${suffix}`,
    started_at: nowOf(world),
    outbound_flight_id: flightId,
    payment_token: `token-${tripId}-${suffix}`,
    customer,
  });

/**
 * Starts a booking run.
 * @param fields in place of its own; with a charge of another run's, nothing is authorized
 * @param terms of its own charge
 */
export async function startBooking(
  world: World,
  deeds: Pick<Deeds, 'runs' | 'named'>,
  tripId: string,
  fields: Partial<BookingRunInput> = {},
  terms: Item = {},
): Promise<void> {
  deeds.named += 1;
  const trip = { ...anUnpaidTrip(world, tripId, `run${deeds.named}`), ...fields };
  if (fields.payment_token === undefined) await authorize(world, trip.payment_token, terms);
  deeds.runs.push(trip);
  await world.start(trip.execution_id, trip);
}

/** @param terms in place of those of the trip's price, as the present release makes it */
export async function authorize(world: World, token: string, terms: Item = {}): Promise<void> {
  await put(world, {
    ...keys.charge(token),
    token,
    customer,
    charge_status: 'authorized',
    authorized_minor: minorUnits(world.asked.price.amount),
    captured_minor: 0,
    refunded_minor: 0,
    currency: world.asked.price.currency,
    updatedAt: nowOf(world),
    ...terms,
  });
}

export const nowOf = ({ oracle }: World): string => new Date(oracle.ports.clock.now()).toISOString();
