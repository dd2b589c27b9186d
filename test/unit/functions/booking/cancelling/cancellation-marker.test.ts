import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dynamoDbCancellationMarker } from '#functions/booking/cancelling/cancellation-marker.ts';
import { keys, unfinishedShardOf } from '#schema/table.ts';
import { openBookingTable, type TestTable } from '#test/support/booking-table.ts';
import { aTrip } from '#test/support/trips.ts';
import { bookingFor } from './cancellations.ts';

describe('dynamoDbCancellationMarker', () => {
  let opened: TestTable;
  beforeAll(async () => {
    opened = await openBookingTable();
  });
  afterAll(() => opened.close());

  const now = '2026-03-02T10:00:00.000Z';
  const later = '2026-03-02T11:00:00.000Z';

  async function aHeader(fields: Record<string, unknown> = {}) {
    const { run, ...header } = bookingFor(aTrip(), 'CONFIRMED');
    const item = { ...keys.booking(header.id), ...header, ...fields };
    await opened.put(item);
    return { booking: header, item, header: () => opened.item(keys.booking(header.id)) };
  }

  it('marks a confirmed booking, and puts it where the reconciler finds it', async () => {
    const { booking, item, header } = await aHeader();
    expect(await dynamoDbCancellationMarker(opened.table, () => now)(booking)).toBe(true);
    const shard = unfinishedShardOf(booking.id);
    expect(await header()).toEqual({ ...item, cancelRequestedAt: now, updatedAt: now, unfinishedShard: shard });
    expect(await opened.query('ByUnfinished', 'unfinishedShard', shard)).toContainEqual(
      expect.objectContaining({ pk: booking.id, updatedAt: now }),
    );
  });

  it('leaves the time of the first request, so that repetitions do not keep the reconciler away', async () => {
    const { booking, header } = await aHeader();
    for (const at of [now, later]) {
      expect(await dynamoDbCancellationMarker(opened.table, () => at)(booking)).toBe(true);
    }
    expect(await header()).toMatchObject({ cancelRequestedAt: now, updatedAt: now });
  });

  it('puts one that an older release has marked where the reconciler finds it', async () => {
    const { booking, header } = await aHeader({ cancelRequestedAt: now });
    expect(await dynamoDbCancellationMarker(opened.table, () => later)(booking)).toBe(true);
    expect(await header()).toMatchObject({
      cancelRequestedAt: now,
      updatedAt: later,
      unfinishedShard: unfinishedShardOf(booking.id),
    });
  });

  it.each([
    ['is fenced', { status: 'CANCELLING' }],
    ['is cancelled', { status: 'CANCELLED' }],
    ['is fenced after an earlier mark', { status: 'CANCELLING', cancelRequestedAt: now, unfinishedShard: '0' }],
    ['belongs to another run', { execution_id: 'other.run' }],
  ])('leaves one alone that %s', async (_, fields) => {
    const { booking, item, header } = await aHeader(fields);
    expect(await dynamoDbCancellationMarker(opened.table, () => later)(booking)).toBe(false);
    expect(await header()).toEqual(item);
  });
});
