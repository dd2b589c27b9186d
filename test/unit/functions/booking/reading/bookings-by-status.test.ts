import { beforeAll, describe, expect, it } from '@jest/globals';
import { dynamoDbRequestStore } from '#functions/booking/accepting/dynamodb-request-store.ts';
import { dynamoDbHeaderStore } from '#functions/booking/steps/dynamodb-header-store.ts';
import type { KeyCondition } from '#functions/shared/http/key-condition.ts';
import type { Cursor } from '#functions/shared/http/page.ts';
import { type BookingStatus, bookingStatuses } from '#schema/saga-input.ts';
import { keys } from '#schema/table.ts';
import { aTrip, headerOf } from '#test/support/trips.ts';
import { now, opened, reader } from './reader-setup.ts';

async function aHeader(customer: string, status: BookingStatus): Promise<string> {
  const trip = aTrip({ customer });
  await dynamoDbHeaderStore(opened.table, async () => undefined).open(headerOf(trip), now);
  const item = await opened.item(keys.booking(trip.trip_id));
  await opened.put({ ...item, status });
  return trip.trip_id;
}

describe('byStatus of bookings whose cancellation was asked for', () => {
  const customer = 'gina';
  beforeAll(async () => {
    for (const status of bookingStatuses) await aHeader(customer, status);
    for (const confirmed of [1, 2]) {
      const id = await aHeader(customer, 'CONFIRMED');
      if (confirmed === 1) await opened.put({ ...(await opened.item(keys.booking(id))), cancelRequestedAt: now });
    }
  });

  const pagesOf = async (status: KeyCondition | undefined, limit: number, descending = false) => {
    const pages: string[][] = [];
    let cursor: Cursor | undefined;
    do {
      const page = await reader().byStatus({ customer, status, descending, limit, cursor });
      pages.push(page.items.map((one) => one.status));
      cursor = page.cursor;
    } while (cursor !== undefined);
    return pages;
  };

  it.each<[KeyCondition | undefined, BookingStatus[]]>([
    [undefined, ['CANCELLED', 'CANCELLING', 'CANCELLING', 'CONFIRMED', 'CONFIRMED', 'UNCONFIRMED']],
    [{ eq: 'CANCELLING' }, ['CANCELLING', 'CANCELLING']],
    [{ eq: 'CONFIRMED' }, ['CONFIRMED', 'CONFIRMED']],
    [{ lt: 'CONFIRMED' }, ['CANCELLED', 'CANCELLING', 'CANCELLING']],
    [{ beginsWith: 'CANC' }, ['CANCELLED', 'CANCELLING', 'CANCELLING']],
    [{ ge: 'CANCELLING' }, ['CANCELLING', 'CANCELLING', 'CONFIRMED', 'CONFIRMED', 'UNCONFIRMED']],
    [{ between: ['CANCELLED', 'CANCELLING'] }, ['CANCELLED', 'CANCELLING', 'CANCELLING']],
    [{ gt: 'CANCELLING' }, ['CONFIRMED', 'CONFIRMED', 'UNCONFIRMED']],
    [{ eq: 'CANCELLED' }, ['CANCELLED']],
  ])('%j finds them by the status that is shown, on pages of any size', async (condition, expected) => {
    expect((await pagesOf(condition, 100)).flat()).toEqual(expected);
    expect((await pagesOf(condition, 100, true)).flat()).toEqual([...expected].reverse());
    for (const limit of [1, 2, 3]) {
      const pages = await pagesOf(condition, limit);
      expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(limit);
      expect(pages.flat().sort()).toEqual(expected);
    }
  });

  it('asks for nothing where no booking can be', async () => {
    const operations: string[] = [];
    opened.intercept((operation, input, call) => {
      operations.push(operation);
      return call(operation, input);
    });
    expect(await reader().byStatus({ customer, status: { eq: 'BOOKED' }, limit: 1 })).toEqual({ items: [] });
    opened.intercept(undefined);
    expect(operations).toEqual([]);
  });
});

describe('byStatus', () => {
  const statuses: readonly BookingStatus[] = [...bookingStatuses];
  let customer = '';
  beforeAll(async () => {
    customer = 'dora';
    for (const status of statuses) await aHeader(customer, status);
    await aHeader('erik', 'CONFIRMED');
  });

  const found = async (status?: KeyCondition, descending?: boolean) =>
    (await reader().byStatus({ customer, status, descending, limit: 100 })).items.map((one) => one.status);

  // Sorted as texts: CANCELLED, CANCELLING, CONFIRMED, UNCONFIRMED.
  it.each<[KeyCondition | undefined, BookingStatus[]]>([
    [undefined, ['CANCELLED', 'CANCELLING', 'CONFIRMED', 'UNCONFIRMED']],
    [{ eq: 'CONFIRMED' }, ['CONFIRMED']],
    [{ lt: 'CONFIRMED' }, ['CANCELLED', 'CANCELLING']],
    [{ le: 'CONFIRMED' }, ['CANCELLED', 'CANCELLING', 'CONFIRMED']],
    [{ gt: 'CONFIRMED' }, ['UNCONFIRMED']],
    [{ ge: 'CONFIRMED' }, ['CONFIRMED', 'UNCONFIRMED']],
    [{ between: ['CANCELLING', 'CONFIRMED'] }, ['CANCELLING', 'CONFIRMED']],
    [{ beginsWith: 'CANC' }, ['CANCELLED', 'CANCELLING']],
    [{ eq: 'BOOKED' }, []],
  ])('%j finds %j, and backwards the other way round', async (condition, expected) => {
    expect(await found(condition)).toEqual(expected);
    expect(await found(condition, true)).toEqual([...expected].reverse());
  });

  it.each([1, 2, 3, 4, 5])('comes in pages of %s, each booking once', async (limit) => {
    const seen: string[] = [];
    let cursor: Cursor | undefined;
    do {
      const page = await reader().byStatus({ customer, limit, cursor });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      seen.push(...page.items.map((one) => one.status));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(['CANCELLED', 'CANCELLING', 'CONFIRMED', 'UNCONFIRMED']);
  });

  it('lists all customers page by page, headers only', async () => {
    await dynamoDbRequestStore(opened.table).putPending(aTrip());
    const customers = new Set<string>();
    let cursor: Cursor | undefined;
    do {
      const page = await reader().list({ limit: 3, cursor });
      for (const one of page.items) {
        expect(one.id).not.toBe('undefined');
        customers.add(one.customer);
      }
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect([...customers]).toEqual(expect.arrayContaining(['dora', 'erik']));
  });
});
