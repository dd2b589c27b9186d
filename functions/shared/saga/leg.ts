import type { BookingRunInput, CompensationInput } from '#functions/trip/run-input.ts';
import type { Key } from '#schema/table.ts';
import type { ReservationStore } from './reservation-store.ts';

/** One part of a holiday: where its item is and what stands in it. */
export interface Leg {
  /** Undefined where the booking does not ask for this leg; derived from the trip, so known without any reply. */
  keyOf(trip: CompensationInput): Key | undefined;
  itemOf(trip: BookingRunInput): Record<string, unknown>;
}

export interface LegDependencies {
  readonly reservations: ReservationStore;
}

export async function reserveLeg(leg: Leg, trip: BookingRunInput, { reservations }: LegDependencies): Promise<void> {
  const key = leg.keyOf(trip);
  if (key !== undefined) await reservations.open(trip, key, leg.itemOf(trip));
}

export async function confirmLeg(leg: Leg, trip: BookingRunInput, { reservations }: LegDependencies): Promise<void> {
  const key = leg.keyOf(trip);
  if (key !== undefined) await reservations.confirm(trip, key);
}

export async function cancelLeg(leg: Leg, trip: CompensationInput, { reservations }: LegDependencies): Promise<void> {
  const key = leg.keyOf(trip);
  if (key !== undefined) await reservations.remove(trip, key);
}
