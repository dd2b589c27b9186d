import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { acceptBooking } from '#functions/booking/accepting/accept-booking.ts';
import { bookOnce } from '#functions/booking/accepting/book-once.ts';
import { dynamoDbRequestStore } from '#functions/booking/accepting/dynamodb-request-store.ts';
import { dynamoDbBookingReader } from '#functions/booking/reading/dynamodb-booking-reader.ts';
import { dynamoDbHeaderStore } from '#functions/booking/steps/dynamodb-header-store.ts';
import { startedAtOf } from '#functions/booking/steps/header-store.ts';
import { BookingRunInput } from '#functions/trip/run-input.ts';
import { keys } from '#schema/table.ts';
import { openBookingTable } from '#test/support/booking-table.ts';
import { memoryMachine } from '#test/support/memory-machine.ts';
import { openSuite } from '#test/support/open-suite.ts';
import { aCancelOf, headerOf } from '#test/support/trips.ts';
import { alice, flight } from './accepting-setup.ts';

const opened = openSuite(openBookingTable);

const start = Date.parse('2026-03-01T10:00:00.000Z');

/** A table with the first booking of an id, which was cancelled, and a machine that does nothing by itself. */
async function aCancelledBooking() {
  const { table } = opened;
  const clock = { seconds: 0 };
  const now = () => new Date(start + clock.seconds * 1000).toISOString();
  const saga = memoryMachine();
  const bookings = dynamoDbBookingReader(table, now);
  const ports = {
    bookings,
    requests: dynamoDbRequestStore(table, now),
    flights: { get: async () => flight },
    saga,
    now,
  };
  const headers = dynamoDbHeaderStore(table, async () => undefined);
  const id = randomUUID();
  const request = { id, outboundFlightId: 'flight', paymentToken: 'token' };
  const book = (paymentToken = 'token') => bookOnce(alice, { request: { ...request, paymentToken } }, ports);
  const runOf = (name: string) => BookingRunInput.parse(saga.started.get(name));
  const open = (name: string) => headers.open(headerOf(runOf(name)), now());
  const cancel = async (name: string) => {
    const run = runOf(name);
    await headers.fence(aCancelOf(run), { mayUndoConfirmed: true, reason: 'asked', now: now() });
    await headers.close(run, now());
  };
  await book();
  const [first = ''] = saga.runs;
  await open(first);
  await cancel(first);
  saga.end(first);
  clock.seconds = 20 * 60;
  return { id, ports, saga, clock, book, open, cancel, first, runOf, header: () => opened.item(keys.booking(id)) };
}

describe('an id that was cancelled', () => {
  it('is booked again once, however often it is asked for', async () => {
    const { saga, book, first } = await aCancelledBooking();
    for (let request = 0; request < 3; request += 1)
      await expect(book()).resolves.toMatchObject({ status: 'UNCONFIRMED' });
    expect(saga.runs).toEqual([first, expect.stringMatching(/\./)]);
  });

  it.each([
    ['a moment later', 5],
    ['when its pending booking is no longer shown', 20 * 60],
  ])('is booked after a run that was refused, when asked again %s', async (_, seconds) => {
    const { saga, clock, book, open, first, runOf } = await aCancelledBooking();
    await book();
    const [, refused = ''] = saga.runs;
    saga.end(refused, { status: 'FAILED', error: 'BookingFailed' });
    clock.seconds += seconds;

    await expect(book()).resolves.toMatchObject({ status: 'UNCONFIRMED' });
    await book();
    const [, , third = '', ...more] = saga.runs;
    expect([saga.runs.length, more]).toEqual([3, []]);
    expect(new Set([first, refused, third]).size).toBe(3);
    // The saga takes it.
    await open(third);
    await expect(book()).resolves.toMatchObject({ status: 'UNCONFIRMED', createdAt: runOf(third).started_at });
    expect(saga.runs).toHaveLength(3);
  });

  it('is booked after several that were refused, and for another payment than theirs', async () => {
    const { saga, clock, book } = await aCancelledBooking();
    for (const paymentToken of ['token', 'other', 'third']) {
      await book(paymentToken);
      saga.end(saga.runs.at(-1) ?? '', { status: 'FAILED', error: 'BookingFailed' });
      clock.seconds += 20 * 60;
    }
    await book('fourth');
    expect(saga.runs).toHaveLength(5);
    expect(saga.started.get(saga.runs.at(-1) ?? '')).toMatchObject({ payment_token: 'fourth' });
  });

  it('is not booked a second time while the run in its place is under way', async () => {
    const { saga, clock, book } = await aCancelledBooking();
    await book();
    clock.seconds += 20 * 60;
    await expect(book()).resolves.toMatchObject({ status: 'UNCONFIRMED' });
    await expect(book('other')).rejects.toMatchObject({ name: 'IdempotencyConflictError', field: 'id' });
    expect(saga.runs).toHaveLength(2);
  });

  it('is not booked a second time where its run opens the booking and ends between our look and our start', async () => {
    const { saga, ports, clock, book, open } = await aCancelledBooking();
    await book();
    const [, second = ''] = saga.runs;
    clock.seconds += 20 * 60;
    const starting = saga.start;
    ports.saga = {
      ...saga,
      start: async (name, input) => {
        await open(second);
        saga.end(second);
        return starting(name, input);
      },
    };
    await book();
    expect(saga.runs).toHaveLength(2);
  });

  it('is booked after a request of an older release, whose clock had made its run the earlier one', async () => {
    const { id, saga, clock, book, first, header } = await aCancelledBooking();
    await book();
    const [, refused = ''] = saga.runs;
    saga.forget(refused);
    clock.seconds += 20 * 60;
    const startedAt = `${new Date(start + 30 * 60_000).toISOString()}#${first}`;
    await opened.put({ ...(await header()), ...keys.booking(id), startedAt });

    await book();

    const third = BookingRunInput.parse(saga.started.get(saga.runs.at(-1) ?? ''));
    expect(third.execution_id).not.toBe(refused);
    expect(startedAtOf(third) > startedAt).toBe(true);
  });

  it('is found where it was booked again under a key, and not booked a second time', async () => {
    const { id, ports, saga, book } = await aCancelledBooking();
    const request = { id, outboundFlightId: 'flight', paymentToken: 'token' };
    await acceptBooking(alice, { key: 'order-1', request }, ports);
    await expect(book()).resolves.toMatchObject({ id, status: 'UNCONFIRMED' });
    expect(saga.runs).toHaveLength(2);
  });

  it('is looked for through ten refused runs at most', async () => {
    const { saga, clock, book } = await aCancelledBooking();
    for (let attempt = 0; attempt < 12; attempt += 1) {
      await book();
      for (const name of saga.runs) saga.end(name, { status: 'FAILED', error: 'BookingFailed' });
      clock.seconds += 20 * 60;
    }
    expect(saga.runs).toHaveLength(12);
  });
});
