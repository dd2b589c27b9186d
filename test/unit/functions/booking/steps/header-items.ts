import { dynamoDbHeaderStore } from '#functions/booking/steps/dynamodb-header-store.ts';
import type { BookingRunInput } from '#functions/trip/run-input.ts';
import { indexes, keys, unfinishedShardOf } from '#schema/table.ts';
import { openBookingTable } from '#test/support/booking-table.ts';
import { openSuite } from '#test/support/open-suite.ts';
import { headerOf } from '#test/support/trips.ts';

export const opened = '2026-03-01T10:00:00.500Z';

export const changed = '2026-03-01T10:00:09.000Z';

export const table = openSuite(openBookingTable);

export const open = (trip: BookingRunInput, now = opened): Promise<void> =>
  dynamoDbHeaderStore(table.table, async () => undefined).open(headerOf(trip), now);

export const fence = (trip: BookingRunInput, now = changed, mayUndoConfirmed = true) =>
  dynamoDbHeaderStore(table.table, async () => undefined).fence(trip, {
    mayUndoConfirmed,
    reason: 'ReserveHotel failed',
    now,
  });

export const header = (trip: BookingRunInput) => table.item(keys.booking(trip.trip_id));

export const isInIndex = async (
  index: keyof typeof indexes,
  value: string,
  trip: BookingRunInput,
): Promise<boolean> => {
  const { name, hashKey } = indexes[index];
  return (await table.query(name, hashKey, value)).some(({ pk }) => pk === trip.trip_id);
};

export const isUnfinished = (trip: BookingRunInput) => isInIndex('byUnfinished', unfinishedShardOf(trip.trip_id), trip);
