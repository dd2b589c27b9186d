import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll } from '@jest/globals';
import { dynamoDbFlightCatalog } from '#functions/flight/dynamodb-flight-catalog.ts';
import type { FlightCatalog } from '#functions/flight/flight-catalog.ts';
import { keys } from '#schema/table.ts';
import { openBookingTable } from '#test/support/booking-table.ts';
import { openSuite } from '#test/support/open-suite.ts';

export const table = openSuite(openBookingTable);

export let catalog: FlightCatalog;

beforeAll(() => {
  catalog = dynamoDbFlightCatalog(table.table);
});

afterEach(() => table.intercept(undefined));

export const now = '2026-07-01T10:00:00.000Z';

export const later = '2026-07-02T10:00:00.000Z';

/** As the saga's `ReserveSeat` does. */
export const takeSeat = (id: string, hold: string = randomUUID()) =>
  table.call('UpdateItem', {
    TableName: table.table.name,
    Key: { pk: { S: keys.flightInventory(id).pk }, sk: { S: 'FLIGHT' } },
    UpdateExpression: 'SET seatCapacity = seatCapacity - :one ADD seatHolds :holds',
    ConditionExpression: 'seatCapacity > :zero AND NOT contains(seatHolds, :hold)',
    ExpressionAttributeValues: {
      ':one': { N: '1' },
      ':zero': { N: '0' },
      ':holds': { SS: [hold] },
      ':hold': { S: hold },
    },
  });

export const seatsOf = async (id: string) => {
  const item = await table.item(keys.flightInventory(id));
  return { free: Number(item?.seatCapacity), held: (item?.seatHolds as Set<string> | undefined)?.size ?? 0 };
};

/** Runs this right before the first write. */
export const beforeFirstWrite = (operation: 'UpdateItem' | 'DeleteItem', happens: () => Promise<unknown>): void => {
  table.intercept(async (asked, input, call) => {
    if (asked === operation) {
      table.intercept(undefined);
      await happens();
    }
    return call(asked, input);
  });
};

/** The write is done, and the client learns of a failure: the SDK would send it again. */
export const repeatWrite = (operation: 'PutItem' | 'UpdateItem' | 'DeleteItem'): void => {
  table.intercept(async (asked, input, call) => {
    if (asked === operation) {
      table.intercept(undefined);
      await call(asked, input);
    }
    return call(asked, input);
  });
};
