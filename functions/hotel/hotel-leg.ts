import { derivedIds } from '#functions/shared/saga/derived-ids.ts';
import type { Leg } from '#functions/shared/saga/leg.ts';
import { keys } from '#schema/table.ts';

export const hotelLeg: Leg = {
  keyOf: (trip) => (trip.hotel === undefined ? undefined : keys.hotel(trip.trip_id, derivedIds.hotel(trip))),
  itemOf: (trip) => ({
    type: 'Hotel',
    id: derivedIds.hotel(trip),
    hotel: trip.hotel,
    check_in: trip.check_in,
    check_out: trip.check_out,
  }),
};
