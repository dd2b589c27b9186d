import { describe, expect, it } from '@jest/globals';
import { dynamoDbHeaderStore } from '#functions/booking/steps/dynamodb-header-store.ts';
import { dynamoDbToldBookings } from '#functions/notification/dynamodb-told-bookings.ts';
import { keptRunOf } from '#functions/trip/kept-run.ts';
import type { BookingRunInput } from '#functions/trip/run-input.ts';
import { keys, unfinishedShardOf } from '#schema/table.ts';
import { anotherRunOf, aTrip, headerOf, openedAtOf } from '#test/support/trips.ts';
import { changed, fence, header, isUnfinished, open, opened, table } from './header-items.ts';

/** GraphQL's `Booking`: these may never be null. */
const requiredByGraphQl = ['id', 'status', 'outboundFlightId', 'paymentToken'];

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
      // The reconciler's redrive takes its input, and with it what the customer is told, from there.
      run: keptRunOf(trip),
    });
  });

  it('is closed after a consistent read of what is left: a stale one could miss a leg', async () => {
    const trip = aTrip();
    await fence(trip);
    const consistent: unknown[] = [];
    table.intercept((operation, input, call) => {
      if (operation === 'Query') consistent.push(input.ConsistentRead);
      return call(operation, input);
    });
    await dynamoDbHeaderStore(table.table, async () => undefined).close(trip, changed);
    table.intercept(undefined);

    expect(consistent).toEqual([true]);
    expect(await header(trip)).toMatchObject({ status: 'CANCELLED' });
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

  it('keeps the booking’s fields when it is fenced', async () => {
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

  it.each([
    ['payment_token', true],
    ['payment_token', false],
    ['outbound_flight_id', true],
    ['outbound_flight_id', false],
  ])('is not fenced by a run for another %s (may undo a confirmed one: %s)', async (field, mayUndoConfirmed) => {
    const trip = aTrip();
    await open(trip);
    await expect(fence({ ...trip, [field]: 'other' }, changed, mayUndoConfirmed)).rejects.toThrow(
      `is not that of booking ${trip.trip_id}`,
    );
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

  it('is not published again', async () => {
    const closed = await closedTrip();
    await dynamoDbToldBookings(table.table).told(closed, 'CANCELLED');
    const told: unknown[] = [];
    const { next, headers } = replacing(closed, told);
    await headers.open(headerOf(next), changed);
    expect(told).toEqual([]);
  });

  it('keeps its place while its message cannot be sent', async () => {
    const closed = await closedTrip();
    const headers = dynamoDbHeaderStore(table.table, () => Promise.reject(new Error('topic down')));
    await expect(headers.open(headerOf(anotherRunOf(closed)), changed)).rejects.toThrow('topic down');
    expect(await header(closed)).toMatchObject({ execution_id: closed.execution_id, status: 'CANCELLED' });
    expect(await isUnfinished(closed)).toBe(true);
  });
});
