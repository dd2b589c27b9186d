import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dynamoDbRequestStore } from '#functions/booking/accepting/dynamodb-request-store.ts';
import type { Booking } from '#functions/booking/booking.ts';
import { dynamoDbCancellationMarker } from '#functions/booking/cancelling/cancellation-marker.ts';
import { dynamoDbBookingReader } from '#functions/booking/reading/dynamodb-booking-reader.ts';
import { dynamoDbHeaderStore } from '#functions/booking/steps/dynamodb-header-store.ts';
import type { Caller } from '#functions/shared/http/caller.ts';
import type { KeyCondition } from '#functions/shared/http/key-condition.ts';
import type { Cursor } from '#functions/shared/http/page.ts';
import { keptRunOf } from '#functions/trip/kept-run.ts';
import { type BookingStatus, bookingStatuses } from '#schema/saga-input.ts';
import { keys } from '#schema/table.ts';
import { openBookingTable, type TestTable } from '#test/support/booking-table.ts';
import { aCancelOf, anotherRunOf, aTrip, headerOf } from '#test/support/trips.ts';

let opened: TestTable;
beforeAll(async () => {
  opened = await openBookingTable();
});
afterAll(() => opened.close());

const now = '2026-03-01T10:00:00.000Z';
const reader = () => dynamoDbBookingReader(opened.table, () => now);
const readerAfter = (seconds: number) =>
  dynamoDbBookingReader(opened.table, () => new Date(Date.parse(now) + seconds * 1000).toISOString());
const the = (sub: string, isAdmin = false): Caller => ({ sub, isAdmin });

async function aHeader(customer: string, status: BookingStatus): Promise<string> {
  const trip = aTrip({ customer });
  await dynamoDbHeaderStore(opened.table, async () => undefined).open(headerOf(trip), now);
  const item = await opened.item(keys.booking(trip.trip_id));
  await opened.put({ ...item, status });
  return trip.trip_id;
}

describe('get', () => {
  it('tells a header as its viewers see it', async () => {
    const trip = aTrip();
    const headers = dynamoDbHeaderStore(opened.table, async () => undefined);
    await headers.open(headerOf(trip), now);
    await headers.confirm(trip, 'ABC234', now);
    expect(await reader().get(trip.trip_id, the(trip.customer))).toEqual({
      id: trip.trip_id,
      status: 'CONFIRMED',
      outboundFlightId: trip.outbound_flight_id,
      paymentToken: trip.payment_token,
      checkedIn: false,
      customer: trip.customer,
      createdAt: now,
      updatedAt: now,
      bookingReference: 'ABC234',
      execution_id: trip.execution_id,
      startedAt: `${trip.started_at}#${trip.execution_id}`,
      run: keptRunOf(trip),
    });
  });

  it('tells an accepted booking that has no header yet, until it should have had one', async () => {
    const trip = aTrip({ started_at: now });
    await dynamoDbRequestStore(opened.table).putPending(trip);

    expect(await readerAfter(14 * 60).get(trip.trip_id, the(trip.customer))).toEqual({
      id: trip.trip_id,
      status: 'UNCONFIRMED',
      outboundFlightId: trip.outbound_flight_id,
      paymentToken: trip.payment_token,
      checkedIn: false,
      customer: trip.customer,
      createdAt: now,
      updatedAt: now,
      execution_id: trip.execution_id,
      startedAt: `${now}#${trip.execution_id}`,
    });
    expect(await readerAfter(16 * 60).get(trip.trip_id, the(trip.customer))).toBeUndefined();

    await dynamoDbHeaderStore(opened.table, async () => undefined).open(headerOf(trip), '2026-03-01T10:00:05.000Z');
    expect(await reader().get(trip.trip_id, the(trip.customer))).toMatchObject({
      createdAt: now,
      updatedAt: '2026-03-01T10:00:05.000Z',
    });
  });

  it('never shows a pending booking as a part of the booking', async () => {
    const trip = aTrip();
    await dynamoDbRequestStore(opened.table).putPending(trip);
    const parts = (await opened.all()).filter((item) => item.pk === trip.trip_id);
    expect(parts).toEqual([]);
    const [pending] = (await opened.all()).filter((item) => item.pk === `REQUEST#${trip.trip_id}`);
    expect(pending).not.toHaveProperty('execution_id');
    expect(pending?.expiresAt).toBe(Date.parse(trip.started_at) / 1000 + 15 * 60);
  });

  it('tells a confirmed booking whose cancellation was asked for as being cancelled, until it is made anew', async () => {
    const trip = aTrip();
    const headers = dynamoDbHeaderStore(opened.table, async () => undefined);
    const mark = dynamoDbCancellationMarker(opened.table, () => now);
    const status = async () => (await reader().get(trip.trip_id, the(trip.customer)))?.status;
    await headers.open(headerOf(trip), now);
    const booking = (await reader().get(trip.trip_id, the(trip.customer))) as Booking;
    await mark(booking);
    expect(await status()).toBe('UNCONFIRMED');
    await headers.confirm(trip, 'ABC234', now);
    await mark({ ...booking, execution_id: `${trip.trip_id}.other` });
    expect(await status()).toBe('CONFIRMED');
    await mark(booking);
    expect(await status()).toBe('CANCELLING');

    await headers.fence(aCancelOf(trip), { mayUndoConfirmed: true, reason: 'asked', now });
    await headers.close(trip, now);
    expect(await status()).toBe('CANCELLED');
    const again = anotherRunOf(trip);
    await headers.open(headerOf(again), now);
    await headers.confirm(again, 'ABC235', now);
    expect(await status()).toBe('CONFIRMED');
  });

  it('tells a cancelled booking as being made as soon as it was accepted anew, and not by an older request', async () => {
    const trip = aTrip({ started_at: '2026-03-01T09:59:00.000Z' });
    const headers = dynamoDbHeaderStore(opened.table, async () => undefined);
    const requests = dynamoDbRequestStore(opened.table);
    const seen = async (caller = the(trip.customer)) => {
      const { status, execution_id } = (await reader().get(trip.trip_id, caller)) ?? {};
      return [status, execution_id];
    };
    await requests.putPending(trip);
    await headers.open(headerOf(trip), now);
    await headers.fence(aCancelOf(trip), { mayUndoConfirmed: true, reason: 'asked', now });
    await headers.close(trip, now);
    expect(await seen()).toEqual(['CANCELLED', trip.execution_id]);

    const again = { ...anotherRunOf(trip), started_at: now };
    await requests.putPending(again, { after: trip.execution_id });
    expect(await seen()).toEqual(['UNCONFIRMED', again.execution_id]);
    expect(await seen(the('carol', true))).toEqual(['UNCONFIRMED', again.execution_id]);
    await headers.open(headerOf(again), now);
    await headers.confirm(again, 'ABC235', now);
    expect(await seen()).toEqual(['CONFIRMED', again.execution_id]);
  });

  it('tells somebody who asked for another customer’s id as much as of a booking that failed', async () => {
    const trip = aTrip({ started_at: now });
    const foreign = { ...anotherRunOf(trip), customer: 'mallory', started_at: now };
    const requests = dynamoDbRequestStore(opened.table);
    await requests.putPending(trip);
    await requests.putPending(foreign);
    const statuses = async () => {
      const seen = [];
      for (const customer of [trip.customer, 'mallory', 'bob']) {
        for (const seconds of [0, 60]) {
          const { status, customer: owner } = (await readerAfter(seconds).get(trip.trip_id, the(customer))) ?? {};
          expect([undefined, customer]).toContain(owner);
          seen.push(status);
        }
      }
      return seen;
    };
    const [made, none] = ['UNCONFIRMED', undefined];
    expect(await statuses()).toEqual([made, made, made, made, none, none]);
    await dynamoDbHeaderStore(opened.table, async () => undefined).open(headerOf(trip), now);
    expect(await statuses()).toEqual([made, made, made, 'CANCELLED', none, none]);
  });

  it('finds nothing for a caller whose name is too long to book', async () => {
    expect(await reader().get(aTrip().trip_id, the('x'.repeat(3000)))).toBeUndefined();
  });

  it.each(['', 'CHARGE#1', 'x'.repeat(51), 'a b', 'no-such'])('finds nothing under %j', async (id) => {
    expect(await reader().get(id, the('alice'))).toBeUndefined();
  });
});

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
  ])('%j finds them as they are shown, in whatever pages', async (condition, expected) => {
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
