import { expect } from '@jest/globals';
import { dynamoDbHeaderStore } from '#functions/booking/steps/dynamodb-header-store.ts';
import type { HeaderStore } from '#functions/booking/steps/header-store.ts';
import type { BookingRunInput, CompensationInput } from '#functions/trip/run-input.ts';
import type { BookingStatus, FenceOutcome } from '#schema/saga-input.ts';
import { keys } from '#schema/table.ts';
import { openBookingTable } from '#test/support/booking-table.ts';
import { type MemoryHeader, memoryBookings } from '#test/support/memory-bookings.ts';
import { aTrip, headerOf } from '#test/support/trips.ts';

export interface Subject {
  readonly headers: HeaderStore;
  header(tripId: string): Promise<Record<string, unknown> | undefined>;
  /** As its customer does. */
  checkIn(tripId: string): Promise<void>;
  close(): Promise<void>;
}

const openInMemory = async (): Promise<Subject> => {
  const { headers, headerOf: held } = memoryBookings();
  return {
    headers,
    header: async (trip) => held.get(trip) && { ...held.get(trip) },
    checkIn: async (trip) => void held.set(trip, { ...(held.get(trip) as MemoryHeader), checkedIn: true }),
    close: async () => {},
  };
};

const openInDynamoDb = async (): Promise<Subject> => {
  const { table, item, put, close } = await openBookingTable();
  return {
    headers: dynamoDbHeaderStore(table, async () => undefined),
    header: (trip) => item(keys.booking(trip)),
    checkIn: async (trip) => put({ ...(await item(keys.booking(trip))), checkedIn: true }),
    close,
  };
};

export const now = '2026-03-01T10:00:00.500Z';

export const headerStores = [
  ['in memory', openInMemory],
  ['in DynamoDB', openInDynamoDb],
] as const;

/** The suites' actions on their store. */
export function headerActions(store: Subject) {
  const openHeader = (trip: BookingRunInput): Promise<void> => store.headers.open(headerOf(trip), now);
  const fence = (run: CompensationInput, mayUndoConfirmed = true): Promise<FenceOutcome> =>
    store.headers.fence(run, { mayUndoConfirmed, reason: 'a reason', now });
  const statusOf = async (trip: BookingRunInput) => (await store.header(trip.trip_id))?.status;

  /** A header of this execution that went as far as `status`. */
  const aTripThatIs = async (status: BookingStatus): Promise<BookingRunInput> => {
    const trip = aTrip();
    await openHeader(trip);
    if (status === 'CONFIRMED') await store.headers.confirm(trip, 'ABC234', now);
    if (status === 'CANCELLING' || status === 'CANCELLED') await fence(trip);
    if (status === 'CANCELLED') await store.headers.close(trip, now);
    expect(await statusOf(trip)).toBe(status);
    return trip;
  };

  return { openHeader, fence, statusOf, aTripThatIs };
}
