import type { FenceDependencies } from '#functions/booking/steps/booking-steps.ts';
import { memoryBookings } from '#test/support/memory-bookings.ts';
import { type Recorded, recorded } from '#test/support/recording.ts';

export const now = '2026-03-01T10:00:00.500Z';

export const bookingStepPorts = (failing: Record<string, Error> = {}, flightIds: readonly string[] = []) => {
  const bookings = memoryBookings();
  const counted: string[] = [];
  const calls: Recorded[] = [];
  const deps: FenceDependencies = {
    flights: { exists: async (id) => flightIds.includes(id) },
    headers: recorded('headers', bookings.headers, calls, failing),
    count: (metric) => counted.push(metric),
    now: () => now,
  };
  const statusOf = (trip: { trip_id: string }) => bookings.headerOf.get(trip.trip_id)?.status;
  return { ...bookings, deps, counted, calls, statusOf };
};
