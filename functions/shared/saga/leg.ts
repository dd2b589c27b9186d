import type { LegRecord } from '#functions/trip/define-leg.ts';
import type { BookingRunInput, CompensationInput } from '#functions/trip/run-input.ts';
import { type Key, keys } from '#schema/table.ts';
import { legIdOf } from './derived-ids.ts';
import type { ReservationStore } from './reservation-store.ts';

export interface LegDependencies {
  readonly reservations: ReservationStore;
}

export async function reserveLeg(
  leg: LegRecord,
  trip: BookingRunInput,
  { reservations }: LegDependencies,
): Promise<void> {
  const key = keyOfLeg(leg, trip);
  if (key !== undefined) await reservations.open(trip, key, itemOfLeg(leg, trip));
}

export async function confirmLeg(
  leg: LegRecord,
  trip: BookingRunInput,
  { reservations }: LegDependencies,
): Promise<void> {
  const key = keyOfLeg(leg, trip);
  if (key !== undefined) await reservations.confirm(trip, key);
}

export async function cancelLeg(
  leg: LegRecord,
  trip: CompensationInput,
  { reservations }: LegDependencies,
): Promise<void> {
  const key = keyOfLeg(leg, trip);
  if (key !== undefined) await reservations.remove(trip, key);
}

/** Undefined where the booking does not ask for this leg; derived from the trip, so known without any reply. */
export function keyOfLeg(leg: LegRecord, trip: CompensationInput): Key | undefined {
  const values: Readonly<Record<string, unknown>> = trip;
  const [asked = ''] = leg.identity;
  const isAbsent = leg.source.from === 'request' && values[asked] === undefined;
  return isAbsent ? undefined : keys.leg(leg.name, trip.trip_id, legIdOf(leg, trip));
}

export function itemOfLeg(leg: LegRecord, trip: BookingRunInput): Record<string, unknown> {
  const values: Readonly<Record<string, unknown>> = trip;
  const fields = Object.keys(leg.fields).map((field) => [field, values[field]]);
  return { type: leg.itemType, id: legIdOf(leg, trip), ...Object.fromEntries(fields) };
}
