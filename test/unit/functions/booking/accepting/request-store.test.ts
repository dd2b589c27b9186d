import { describe, expect, it } from '@jest/globals';
import { dynamoDbRequestStore } from '#functions/booking/accepting/dynamodb-request-store.ts';
import type { RequestStore } from '#functions/booking/accepting/request-store.ts';
import { keys } from '#schema/table.ts';
import { openBookingTable } from '#test/support/booking-table.ts';
import { memoryRequests } from '#test/support/memory-requests.ts';
import { openSuite } from '#test/support/open-suite.ts';
import { aTrip } from '#test/support/trips.ts';

const opened = openSuite(openBookingTable);

// The fake is held to what the real one does.
describe.each<[string, () => RequestStore]>([
  ['in DynamoDB', () => dynamoDbRequestStore(opened.table, () => '2026-03-01T10:00:00.000Z')],
  ['in memory', () => memoryRequests()],
])('accepted requests %s', (_, open) => {
  const first = { fingerprint: 'one', run: aTrip({ started_at: '2026-03-01T10:00:00.000Z' }) };
  const second = { fingerprint: 'two', run: aTrip() };

  it('keep the first, also if another customer comes second', async () => {
    const store = open();
    expect(await store.find('hash')).toBeUndefined();
    expect(await store.storeFirst('hash', first)).toEqual(first);
    expect(await store.storeFirst('hash', second)).toEqual(first);
    expect(await store.find('hash')).toEqual(first);
    expect(await store.find('other')).toBeUndefined();
  });

  it('are found by the pending booking that was last put for them, by their own customer alone', async () => {
    const store = open();
    const { run } = first;
    const request = { ...first, after: 'the run before' };
    await store.storeFirst('announced', request);
    await store.putPending(run);
    expect(await store.findByPending(run.trip_id, run.customer)).toBeUndefined();
    await store.putPending(run, { request: 'announced', after: request.after });
    expect(await store.findByPending(run.trip_id, run.customer)).toEqual(request);
    expect(await store.findByPending(run.trip_id, 'mallory')).toBeUndefined();
  });

  it('give all who come at once the same', async () => {
    const store = open();
    const requests = Array.from({ length: 10 }, (__, number) => ({ fingerprint: `${number}`, run: aTrip() }));
    const kept = await Promise.all(requests.map((request) => store.storeFirst('at once', request)));
    expect(new Set(kept.map(({ fingerprint }) => fingerprint)).size).toBe(1);
  });
});

describe('an accepted request that lapses', () => {
  const run = aTrip({ started_at: '2026-03-01T10:00:00.000Z' });
  const storeAt = (now: string) => dynamoDbRequestStore(opened.table, () => now);
  const lapses = '2026-05-30T10:00:00.000Z';

  it('is not found from that second on, though DynamoDB removes it hours later', async () => {
    const request = { fingerprint: 'f', run };
    await storeAt(run.started_at).storeFirst('expiring', request);
    expect(await storeAt('2026-05-30T09:59:59.999Z').find('expiring')).toEqual(request);
    expect(await storeAt(lapses).find('expiring')).toBeUndefined();
    expect(await opened.item(keys.idempotency('expiring'))).toBeDefined();
  });

  it('gives its key to the first that comes after', async () => {
    const again = { fingerprint: 'other', run: aTrip({ started_at: lapses }) };
    await storeAt(run.started_at).storeFirst('expired', { fingerprint: 'f', run });
    const late = storeAt(lapses);
    expect(await late.storeFirst('expired', again)).toEqual(again);
    expect(await late.storeFirst('expired', { fingerprint: 'third', run })).toEqual(again);
    expect(await late.find('expired')).toEqual(again);
  });
});

it('an accepted request lapses 90 days after it was first sent, and is in no index', async () => {
  const run = aTrip({ started_at: '2026-03-01T10:00:00.000Z' });
  await dynamoDbRequestStore(opened.table).storeFirst('lapsing', { fingerprint: 'f', run });
  const item = await opened.item(keys.idempotency('lapsing'));
  expect(item?.expiresAt).toBe(Date.parse('2026-05-30T10:00:00.000Z') / 1000);
  expect(item).not.toHaveProperty('customer');
});
