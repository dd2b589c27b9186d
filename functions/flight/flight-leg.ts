import { derivedIds } from '#functions/shared/saga/derived-ids.ts';
import type { Leg } from '#functions/shared/saga/leg.ts';
import { keys } from '#schema/table.ts';

export const flightLeg: Leg = {
  keyOf: (trip) => keys.flight(trip.trip_id, derivedIds.flight(trip)),
  itemOf: (trip) => ({
    type: 'Flight',
    id: derivedIds.flight(trip),
    depart: trip.depart,
    depart_at: trip.depart_at,
    arrive: trip.arrive,
    arrive_at: trip.arrive_at,
  }),
};
