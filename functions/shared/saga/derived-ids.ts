import { createHash } from 'node:crypto';
import { flight } from '#functions/flight/leg.ts';
import { hotel } from '#functions/hotel/leg.ts';
import type { Leg } from '#functions/legs.ts';
import type { LegRecord } from '#functions/trip/define-leg.ts';
import type { CompensationInput } from '#functions/trip/run-input.ts';

/**
 * The seed example's string hash: 31-multiplier over UTF-16 units, 32-bit, absolute. Outside clients derive the
 * same ids, so it stays. It may collide between trips: nothing but the item's own sort key relies on it.
 */
export function hashId(text: string): string {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  return `${Math.abs(hash)}`;
}

type TripFields = Pick<CompensationInput, 'trip_id' | Leg['identity'][number]>;

const hashOf = (trip: TripFields, parts: readonly (string | undefined)[]): string =>
  hashId([trip.trip_id, ...parts.map((part) => part ?? '')].join(''));

/** Ids come from the trip alone, so that a compensation finds what a lost reply would have told it. */
export function legIdOf({ identity }: Pick<LegRecord, 'identity'>, trip: TripFields): string {
  const values: Readonly<Record<string, string | undefined>> = trip;
  return hashOf(
    trip,
    identity.map((field) => values[field]),
  );
}

/**
 * Derived from trip, hotel and flight even if there are other legs: outside clients derive it, too. A leg that the booking
 * does not ask for counts as the empty string.
 */
export const paymentIdOf = (trip: TripFields): string =>
  hashOf(trip, [
    trip.hotel === undefined ? '' : legIdOf(hotel, trip),
    trip.depart === undefined ? '' : legIdOf(flight, trip),
  ]);

const referenceAlphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/**
 * What the customer quotes: six characters without look-alikes, derived from the execution, so that every step
 * names the same one and a rebooked trip gets another. Not a key: two bookings may share one.
 */
export function bookingReferenceOf(executionId: string): string {
  const digest = createHash('sha256').update(executionId).digest();
  return [...digest.subarray(0, 6)].map((byte) => referenceAlphabet[byte % referenceAlphabet.length]).join('');
}
