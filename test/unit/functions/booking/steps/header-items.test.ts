import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AwsError } from '#embedded/index.ts';
import { dynamoDbHeaderStore } from '#functions/booking/steps/dynamodb-header-store.ts';
import { dynamoDbToldBookings } from '#functions/notification/dynamodb-told-bookings.ts';
import { keptRunOf } from '#functions/trip/kept-run.ts';
import type { BookingRunInput } from '#functions/trip/run-input.ts';
import { indexes, keys, unfinishedShardOf } from '#schema/table.ts';
import { openBookingTable, type TestTable } from '#test/support/booking-table.ts';
import { anotherRunOf, aTrip, headerOf, openedAtOf } from '#test/support/trips.ts';

/** GraphQL's `Booking`: these may never be null. */
const requiredByGraphQl = ['id', 'status', 'outboundFlightId', 'paymentToken'];
const opened = '2026-03-01T10:00:00.500Z';
const changed = '2026-03-01T10:00:09.000Z';

let table: TestTable;
beforeAll(async () => {
  table = await openBookingTable();
});
afterAll(() => table.close());

const open = (trip: BookingRunInput, now = opened): Promise<void> =>
  dynamoDbHeaderStore(table.table, async () => undefined).open(headerOf(trip), now);
const fence = (trip: BookingRunInput, now = changed) =>
  dynamoDbHeaderStore(table.table, async () => undefined).fence(trip, {
    mayUndoConfirmed: true,
    reason: 'ReserveHotel failed',
    now,
  });
const header = (trip: BookingRunInput) => table.item(keys.booking(trip.trip_id));
const isInIndex = async (index: keyof typeof indexes, value: string, trip: BookingRunInput): Promise<boolean> => {
  const { name, hashKey } = indexes[index];
  return (await table.query(name, hashKey, value)).some(({ pk }) => pk === trip.trip_id);
};
const isUnfinished = (trip: BookingRunInput) => isInIndex('byUnfinished', unfinishedShardOf(trip.trip_id), trip);

describe('the header item', () => {
  it('has every attribute of a new booking', async () => {
    const trip = aTrip();
    await open(trip);
    expect(await header(trip)).toEqual({
      ...keys.booking(trip.trip_id),
      id: trip.trip_id,
      status: 'UNCONFIRMED',
      outboundFlightId: trip.outbound_flight_id,
      paymentToken: trip.payment_token,
      checkedIn: false,
      customer: 'alice',
      createdAt: trip.started_at,
      updatedAt: opened,
      execution_id: trip.execution_id,
      startedAt: `${trip.started_at}#${trip.execution_id}`,
      openedAt: openedAtOf(trip),
      run: keptRunOf(trip),
      unfinishedShard: unfinishedShardOf(trip.trip_id),
    });
  });

  it('has as a tombstone every field that GraphQL requires', async () => {
    const trip = aTrip();
    await fence(trip);
    const tombstone = await header(trip);
    for (const field of requiredByGraphQl) expect(tombstone?.[field]).toEqual(expect.stringMatching(/./));
    expect(tombstone).toMatchObject({
      id: trip.trip_id,
      customer: 'alice',
      checkedIn: false,
      createdAt: trip.started_at,
      failureReason: 'ReserveHotel failed',
      startedAt: `${trip.started_at}#${trip.execution_id}`,
    });
  });

  it.each([
    ['without customer and token', { customer: undefined, payment_token: undefined }],
    ['with an empty customer and token', { customer: '', payment_token: '' }],
  ])('has them as a tombstone of an input %s, too', async (_, fields) => {
    const trip = aTrip(fields);
    await expect(fence(trip)).resolves.toEqual({ fenced: true });
    const tombstone = await header(trip);
    for (const field of requiredByGraphQl) expect(tombstone?.[field]).toEqual(expect.stringMatching(/./));
    expect(tombstone?.customer).toBe('unknown');
  });

  it('keeps what it said of the booking when it is fenced', async () => {
    const trip = aTrip();
    await open(trip);
    await fence({ ...trip, customer: 'mallory', started_at: '2026-04-01T00:00:00.000Z' });
    expect(await header(trip)).toMatchObject({
      customer: 'alice',
      paymentToken: trip.payment_token,
      outboundFlightId: trip.outbound_flight_id,
      createdAt: trip.started_at,
      updatedAt: changed,
      startedAt: `${trip.started_at}#${trip.execution_id}`,
    });
  });

  it.each(['payment_token', 'outbound_flight_id'])('is not fenced by a run for another %s', async (field) => {
    const trip = aTrip();
    await open(trip);
    await expect(fence({ ...trip, [field]: 'other' })).rejects.toThrow(`is not that of booking ${trip.trip_id}`);
    expect(await header(trip)).toMatchObject({ status: 'UNCONFIRMED' });
  });

  it('forgets the cancelled booking when the trip is booked anew', async () => {
    const trip = aTrip();
    await fence(trip);
    await dynamoDbHeaderStore(table.table, async () => undefined).close(trip, changed);
    const next = anotherRunOf(trip);
    await open(next, '2026-03-01T10:00:10.000Z');
    expect(await header(trip)).toMatchObject({
      paymentToken: next.payment_token,
      createdAt: next.started_at,
      updatedAt: '2026-03-01T10:00:10.000Z',
    });
    expect(await header(trip)).not.toHaveProperty('failureReason');
  });
});

describe('a cancelled booking that makes way', () => {
  const closedTrip = async (): Promise<BookingRunInput> => {
    const trip = aTrip();
    await open(trip);
    await fence(trip);
    await dynamoDbHeaderStore(table.table).close(trip, changed);
    return trip;
  };
  const replacing = (closed: BookingRunInput, told: unknown[]) => ({
    next: anotherRunOf(closed),
    headers: dynamoDbHeaderStore(table.table, async (run) => void told.push(run)),
  });

  it.each(['open', 'fence'] as const)('is told before %s takes its place, where its own run never did', async (by) => {
    const closed = await closedTrip();
    const told: unknown[] = [];
    const { next, headers } = replacing(closed, told);
    if (by === 'open') await headers.open(headerOf(next), changed);
    else await headers.fence(next, { mayUndoConfirmed: false, reason: 'x', now: changed });
    expect(told).toEqual([closed]);
    expect(await header(next)).toMatchObject({ execution_id: next.execution_id, replaces: closed.execution_id });
  });

  it('is not told again', async () => {
    const closed = await closedTrip();
    await dynamoDbToldBookings(table.table).told(closed, 'CANCELLED');
    const told: unknown[] = [];
    const { next, headers } = replacing(closed, told);
    await headers.open(headerOf(next), changed);
    expect(told).toEqual([]);
  });

  it('stays where it is while it cannot be told', async () => {
    const closed = await closedTrip();
    const headers = dynamoDbHeaderStore(table.table, () => Promise.reject(new Error('topic down')));
    await expect(headers.open(headerOf(anotherRunOf(closed)), changed)).rejects.toThrow('topic down');
    expect(await header(closed)).toMatchObject({ execution_id: closed.execution_id, status: 'CANCELLED' });
    expect(await isUnfinished(closed)).toBe(true);
  });
});

describe('membership of the indexes', () => {
  const told = dynamoDbToldBookings;

  it('is in ByUnfinished while UNCONFIRMED, and while CONFIRMED until that was told', async () => {
    const trip = aTrip();
    await open(trip);
    expect(await isUnfinished(trip)).toBe(true);
    await dynamoDbHeaderStore(table.table, async () => undefined).confirm(trip, 'ABC234', changed);
    expect(await isUnfinished(trip)).toBe(true);
    await told(table.table).told(trip, 'CONFIRMED');
    expect(await isUnfinished(trip)).toBe(false);
    expect(await header(trip)).toMatchObject({ status: 'CONFIRMED', bookingReference: 'ABC234', updatedAt: changed });
  });

  it('is in ByUnfinished while CANCELLING, even from CONFIRMED or as a tombstone, and while CANCELLED until that was told', async () => {
    const [confirmed, tombstone] = [aTrip(), aTrip()];
    await open(confirmed);
    await dynamoDbHeaderStore(table.table, async () => undefined).confirm(confirmed, 'ABC234', changed);
    for (const trip of [confirmed, tombstone]) {
      await fence(trip);
      expect(await isUnfinished(trip)).toBe(true);
      await dynamoDbHeaderStore(table.table, async () => undefined).close(trip, changed);
      expect(await isUnfinished(trip)).toBe(true);
      await told(table.table).told(trip, 'CANCELLED');
      expect(await isUnfinished(trip)).toBe(false);
    }
  });

  it('stays in ByUnfinished where a message is told that is not that of its status', async () => {
    const [trip, other] = [aTrip(), aTrip()];
    await open(trip);
    await dynamoDbHeaderStore(table.table, async () => undefined).confirm(trip, 'ABC234', changed);
    await told(table.table).told(trip, 'CANCELLED');
    await told(table.table).told({ ...trip, execution_id: other.execution_id }, 'CONFIRMED');
    expect(await isUnfinished(trip)).toBe(true);
  });

  it('stays in ByUnfinished while CONFIRMED where its customer has asked for its cancellation', async () => {
    const trip = aTrip();
    await open(trip);
    await dynamoDbHeaderStore(table.table, async () => undefined).confirm(trip, 'ABC234', changed);
    await table.put({ ...(await header(trip)), cancelRequestedAt: changed });
    await told(table.table).told(trip, 'CONFIRMED');
    expect(await isUnfinished(trip)).toBe(true);
  });

  it("is in its customer's bookings from the first write on", async () => {
    const [booked, fenced] = [aTrip({ customer: 'bob' }), aTrip({ customer: 'bob' })];
    await open(booked);
    await fence(fenced);
    for (const trip of [booked, fenced]) expect(await isInIndex('byCustomerStatus', 'bob', trip)).toBe(true);
  });
});

describe('a failing table', () => {
  it.each(['open', 'confirm', 'fence', 'close'] as const)(
    '%s lets the error through instead of taking it for an answer',
    async (operation) => {
      const failing = await openBookingTable();
      failing.intercept(() => Promise.reject(new AwsError('ThrottlingException', 'too fast')));
      const headers = dynamoDbHeaderStore(failing.table);
      const trip = aTrip();
      const calls = {
        open: () => headers.open(headerOf(trip), opened),
        confirm: () => headers.confirm(trip, 'ABC234', opened),
        fence: () => headers.fence(trip, { mayUndoConfirmed: true, reason: '', now: opened }),
        close: () => headers.close(trip, opened),
      };
      await expect(calls[operation]()).rejects.toMatchObject({ name: 'ThrottlingException' });
      await failing.close();
    },
  );
});
