import { dynamoDbHeaderStore } from '#functions/booking/steps/dynamodb-header-store.ts';
import type { HeaderStore } from '#functions/booking/steps/header-store.ts';
import { dynamoDbReservationStore } from '#functions/shared/saga/dynamodb-reservation-store.ts';
import type { ReservationStore } from '#functions/shared/saga/reservation-store.ts';
import type { Key } from '#schema/table.ts';
import { openBookingTable } from '#test/support/booking-table.ts';
import { itemName, memoryBookings } from '#test/support/memory-bookings.ts';

export interface Subject {
  readonly reservations: ReservationStore;
  readonly headers: HeaderStore;
  item(key: Key): Promise<Record<string, unknown> | undefined>;
  put(key: Key, item: Record<string, unknown>): Promise<void>;
  close(): Promise<void>;
}

export const openInMemory = async (): Promise<Subject> => {
  const { headers, reservations, items } = memoryBookings();
  return {
    headers,
    reservations,
    item: async (key) => items.get(itemName(key)),
    put: async (key, item) => void items.set(itemName(key), { ...key, ...item }),
    close: async () => undefined,
  };
};

export const openInDynamoDb = async (): Promise<Subject> => {
  const { table, item, put, close } = await openBookingTable();
  return {
    headers: dynamoDbHeaderStore(table, async () => undefined),
    reservations: dynamoDbReservationStore(table),
    item,
    put: (key, one) => put({ ...key, ...one }),
    close,
  };
};
