import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { dynamoDbReconcilerStore } from '#functions/booking/reconciling/dynamodb-reconciler-store.ts';
import type { ReconcilerStore } from '#functions/booking/reconciling/reconcile.ts';
import { dynamoDbHeaderStore } from '#functions/booking/steps/dynamodb-header-store.ts';
import { keys, unfinishedShardAttribute, unfinishedShardOf } from '#schema/table.ts';
import { openBookingTable } from '#test/support/booking-table.ts';
import { openSuite } from '#test/support/open-suite.ts';
import { aTrip, headerOf } from '#test/support/trips.ts';
import { headerOf as unfinishedHeaderOf } from './a-reconciler.ts';

const table = openSuite(openBookingTable);
let store: ReconcilerStore;
beforeAll(() => {
  store = dynamoDbReconcilerStore(table.table);
});
afterEach(() => table.intercept(undefined));

const openHeader = async (at: string) => {
  const trip = aTrip();
  await dynamoDbHeaderStore(table.table).open(headerOf(trip), at);
  return trip;
};

describe('unfinishedBefore', () => {
  it('finds older headers in every shard and no younger ones', async () => {
    const old = await Promise.all(Array.from({ length: 60 }, () => openHeader('2020-01-01T10:00:00.000Z')));
    const young = await openHeader('2020-01-01T10:00:00.001Z');
    expect(new Set(old.map((trip) => unfinishedShardOf(trip.trip_id))).size).toBeGreaterThan(4);
    const found = await store.unfinishedBefore('2020-01-01T10:00:00.001Z');
    expect([...found].sort()).toEqual(old.map(({ trip_id }) => trip_id).sort());
    expect(found).not.toContain(young.trip_id);
  });

  it('reads every page', async () => {
    const old = await Promise.all(Array.from({ length: 30 }, () => openHeader('2010-01-01T10:00:00.000Z')));
    table.intercept((operation, input, call) =>
      call(operation, operation === 'Query' ? { ...input, Limit: 1 } : input),
    );
    expect(await store.unfinishedBefore('2010-01-01T10:00:00.001Z')).toHaveLength(old.length);
  });
});

describe('header', () => {
  const at = '2026-01-01T10:00:00.000Z';

  it('has every field that a redrive needs, read consistently', async () => {
    const trip = await openHeader(at);
    const consistent: unknown[] = [];
    table.intercept((operation, input, call) => {
      consistent.push(input.ConsistentRead);
      return call(operation, input);
    });
    expect(await store.header(trip.trip_id)).toMatchObject({ ...unfinishedHeaderOf(trip, { updatedAt: at }) });
    expect(consistent).toEqual([true]);
  });

  it('shows a requested cancellation, and that the booking is finished', async () => {
    const tripId = randomUUID();
    const cancelRequestedAt = at;
    await table.put({ ...keys.booking(tripId), id: tripId, status: 'CONFIRMED', cancelRequestedAt });
    expect(await store.header(tripId)).toMatchObject({ status: 'CONFIRMED', cancelRequestedAt, isUnfinished: false });
    expect(await store.header(tripId)).not.toHaveProperty(unfinishedShardAttribute);
  });

  it('is undefined where there is none', async () => {
    expect(await store.header(randomUUID())).toBeUndefined();
  });
});
