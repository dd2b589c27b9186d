import { derivedIds } from '#functions/shared/saga/derived-ids.ts';
import type { Leg } from '#functions/shared/saga/leg.ts';
import { keys } from '#schema/table.ts';

export const rentalLeg: Leg = {
  keyOf: (trip) => (trip.rental === undefined ? undefined : keys.rental(trip.trip_id, derivedIds.rental(trip))),
  itemOf: (trip) => ({
    type: 'Rental',
    id: derivedIds.rental(trip),
    rental: trip.rental,
    rental_from: trip.rental_from,
    rental_to: trip.rental_to,
  }),
};
