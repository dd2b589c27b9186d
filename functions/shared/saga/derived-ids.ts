import { createHash } from 'node:crypto';
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

type TripFields = Pick<
  CompensationInput,
  'trip_id' | 'hotel' | 'check_in' | 'depart' | 'arrive' | 'rental' | 'rental_from'
>;

const hashOfFields = (...fields: (string | undefined)[]): string => hashId(fields.map((field) => field ?? '').join(''));

/** Ids come from the trip alone, so that a compensation finds what a lost reply would have told it. */
export const derivedIds = {
  hotel: (trip: TripFields): string => hashOfFields(trip.trip_id, trip.hotel, trip.check_in),
  flight: (trip: TripFields): string => hashOfFields(trip.trip_id, trip.depart, trip.arrive),
  rental: (trip: TripFields): string => hashOfFields(trip.trip_id, trip.rental, trip.rental_from),
  /** A leg that the booking does not ask for counts as the empty string. */
  payment: (trip: TripFields): string =>
    hashOfFields(
      trip.trip_id,
      trip.hotel === undefined ? '' : derivedIds.hotel(trip),
      trip.depart === undefined ? '' : derivedIds.flight(trip),
    ),
};

const referenceAlphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/**
 * What the customer quotes: six characters without look-alikes, derived from the execution, so that every step
 * names the same one and a rebooked trip gets another. Not a key: two bookings may share one.
 */
export function bookingReferenceOf(executionId: string): string {
  const digest = createHash('sha256').update(executionId).digest();
  return [...digest.subarray(0, 6)].map((byte) => referenceAlphabet[byte % referenceAlphabet.length]).join('');
}
