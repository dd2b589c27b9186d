import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AwsError } from '#embedded/types.ts';
import { dynamoDbHeaderStore } from '#functions/booking/dynamodb-header-store.ts';
import { dynamoDbReconcilerStore } from '#functions/booking/dynamodb-reconciler-store.ts';
import type { ReconcilerStore } from '#functions/booking/reconcile.ts';
import { keys, unfinishedShardOf } from '#schema/table.ts';
import { aFlight, openBookingTable, type TestTable } from '#test/support/booking-table.ts';
import { anExecutionId, aTrip, headerOf } from '#test/support/trips.ts';

let table: TestTable;
let store: ReconcilerStore;
beforeAll(async () => {
  table = await openBookingTable();
  store = dynamoDbReconcilerStore(table.table);
});
afterEach(() => table.intercept(undefined));
afterAll(() => table.close());

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
    expect(found).toHaveLength(old.length);
    expect(found).toEqual(
      expect.arrayContaining(old.map(({ trip_id, execution_id }) => ({ tripId: trip_id, executionId: execution_id }))),
    );
    expect(found.map(({ tripId }) => tripId)).not.toContain(young.trip_id);
  });

  it('reads every page', async () => {
    const old = await Promise.all(Array.from({ length: 30 }, () => openHeader('2010-01-01T10:00:00.000Z')));
    table.intercept((operation, input, call) =>
      call(operation, operation === 'Query' ? { ...input, Limit: 1 } : input),
    );
    expect(await store.unfinishedBefore('2010-01-01T10:00:00.001Z')).toHaveLength(old.length);
  });
});

describe('flightIds', () => {
  it('lists the catalog over all pages, and nothing but flights', async () => {
    const ids = Array.from({ length: 5 }, () => randomUUID());
    for (const id of ids) await table.put(aFlight(id, 3));
    await openHeader('2026-01-01T10:00:00.000Z');
    table.intercept((operation, input, call) => call(operation, operation === 'Scan' ? { ...input, Limit: 2 } : input));
    expect((await store.flightIds()).sort()).toEqual([...ids].sort());
  });
});

describe('seatHolds', () => {
  it('gives every hold', async () => {
    const holds = [anExecutionId(), anExecutionId()];
    await table.put(aFlight('held', 1, { seatHolds: new Set(holds) }));
    expect((await store.seatHolds('held')).sort()).toEqual([...holds].sort());
  });

  it('gives none for a flight without holds, and for a flight that is gone', async () => {
    await table.put(aFlight('free', 1));
    expect(await store.seatHolds('free')).toEqual([]);
    expect(await store.seatHolds(randomUUID())).toEqual([]);
  });
});

describe('header', () => {
  it('tells owner and status', async () => {
    const trip = await openHeader('2026-01-01T10:00:00.000Z');
    expect(await store.header(trip.trip_id)).toEqual({ executionId: trip.execution_id, status: 'UNCONFIRMED' });
  });

  it('is undefined where there is none', async () => {
    expect(await store.header(randomUUID())).toBeUndefined();
  });
});

it('reads holds and headers consistently', async () => {
  const consistent: unknown[] = [];
  table.intercept((operation, input, call) => {
    if (operation === 'GetItem') consistent.push(input.ConsistentRead);
    return call(operation, input);
  });
  await store.seatHolds('any');
  await store.header('any');
  expect(consistent).toEqual([true, true]);
});

describe('releaseSeat', () => {
  const aHeldFlight = async (): Promise<{ flightId: string; mine: string; other: string }> => {
    const [flightId, mine, other] = [randomUUID(), anExecutionId(), anExecutionId()] as const;
    await table.put(aFlight(flightId, 5, { seatHolds: new Set([mine, other]) }));
    return { flightId, mine, other };
  };

  it('returns the seat of the hold and of no other', async () => {
    const { flightId, mine, other } = await aHeldFlight();
    await expect(store.releaseSeat(flightId, mine)).resolves.toBe(true);
    expect(await table.item(keys.flightInventory(flightId))).toMatchObject({
      seatCapacity: 6,
      seatHolds: new Set([other]),
    });
  });

  it('returns it once', async () => {
    const { flightId, mine } = await aHeldFlight();
    await store.releaseSeat(flightId, mine);
    await expect(store.releaseSeat(flightId, mine)).resolves.toBe(false);
    expect(await table.item(keys.flightInventory(flightId))).toMatchObject({ seatCapacity: 6 });
  });

  it('makes no flight out of one that is gone', async () => {
    const flightId = randomUUID();
    await expect(store.releaseSeat(flightId, anExecutionId())).resolves.toBe(false);
    expect(await table.item(keys.flightInventory(flightId))).toBeUndefined();
  });

  it('lets an error of the table through', async () => {
    table.intercept(() => Promise.reject(new AwsError('ThrottlingException', 'too fast')));
    await expect(store.releaseSeat('any', 'any')).rejects.toMatchObject({ name: 'ThrottlingException' });
  });
});
