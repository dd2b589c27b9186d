import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dynamoDbHeaderStore } from '#functions/booking/steps/dynamodb-header-store.ts';
import { BookingAlreadyExistsError, BookingNotFencedError } from '#functions/booking/steps/header-errors.ts';
import type { HeaderStore } from '#functions/booking/steps/header-store.ts';
import { BookingNotOpenError } from '#functions/shared/saga/reservation-errors.ts';
import type { BookingRunInput, CompensationInput } from '#functions/trip/run-input.ts';
import type { BookingStatus, FenceOutcome } from '#schema/saga-input.ts';
import { keys } from '#schema/table.ts';
import { openBookingTable } from '#test/support/booking-table.ts';
import { type MemoryHeader, memoryBookings } from '#test/support/memory-bookings.ts';
import { anotherRunOf, aTrip, headerOf } from '#test/support/trips.ts';

interface Subject {
  readonly headers: HeaderStore;
  header(tripId: string): Promise<Record<string, unknown> | undefined>;
  /** As its customer does. */
  checkIn(tripId: string): Promise<void>;
  close(): Promise<void>;
}

const openInMemory = async (): Promise<Subject> => {
  const { headers, headerOf: held } = memoryBookings();
  return {
    headers,
    header: async (trip) => held.get(trip) && { ...held.get(trip) },
    checkIn: async (trip) => void held.set(trip, { ...(held.get(trip) as MemoryHeader), checkedIn: true }),
    close: async () => {},
  };
};

const openInDynamoDb = async (): Promise<Subject> => {
  const { table, item, put, close } = await openBookingTable();
  return {
    headers: dynamoDbHeaderStore(table, async () => undefined),
    header: (trip) => item(keys.booking(trip)),
    checkIn: async (trip) => put({ ...(await item(keys.booking(trip))), checkedIn: true }),
    close,
  };
};

const now = '2026-03-01T10:00:00.500Z';

describe.each([
  ['in memory', openInMemory],
  ['in DynamoDB', openInDynamoDb],
] as const)('booking headers %s', (_, open) => {
  let store: Subject;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());

  const openHeader = (trip: BookingRunInput): Promise<void> => store.headers.open(headerOf(trip), now);
  const fence = (run: CompensationInput, mayUndoConfirmed = true): Promise<FenceOutcome> =>
    store.headers.fence(run, { mayUndoConfirmed, reason: 'a reason', now });
  const statusOf = async (trip: BookingRunInput) => (await store.header(trip.trip_id))?.status;

  /** A header of this execution that went as far as `status`. */
  const aTripThatIs = async (status: BookingStatus): Promise<BookingRunInput> => {
    const trip = aTrip();
    await openHeader(trip);
    if (status === 'CONFIRMED') await store.headers.confirm(trip, 'ABC234', now);
    if (status === 'CANCELLING' || status === 'CANCELLED') await fence(trip);
    if (status === 'CANCELLED') await store.headers.close(trip, now);
    expect(await statusOf(trip)).toBe(status);
    return trip;
  };

  describe('open', () => {
    it('opens a trip that nobody booked', async () => {
      const trip = await aTripThatIs('UNCONFIRMED');
      expect(await store.header(trip.trip_id)).toMatchObject({
        execution_id: trip.execution_id,
        startedAt: `${trip.started_at}#${trip.execution_id}`,
      });
    });

    it('takes an open header of its very run for success', async () => {
      const trip = await aTripThatIs('UNCONFIRMED');
      await openHeader(trip);
      expect(await statusOf(trip)).toBe('UNCONFIRMED');
    });

    it.each([
      ['was started at another time', '2026-06-01T10:00:00.000Z'],
      ['does not say when it was started', undefined],
    ])('refuses an open header of its own name to a run that %s', async (_name, openedAt) => {
      const trip = await aTripThatIs('UNCONFIRMED');
      await expect(store.headers.open({ ...headerOf(trip), openedAt }, now)).rejects.toThrow(BookingAlreadyExistsError);
      expect(await statusOf(trip)).toBe('UNCONFIRMED');
    });

    it('takes an open header that an older release wrote for that of another run', async () => {
      const trip = aTrip();
      await store.headers.open({ ...headerOf(trip), openedAt: undefined }, now);
      await expect(openHeader(trip)).rejects.toThrow(BookingAlreadyExistsError);
    });

    it.each(['CONFIRMED', 'CANCELLING', 'CANCELLED'] as const)(
      'refuses to open its own header again once it is %s',
      async (status) => {
        const trip = await aTripThatIs(status);
        await expect(openHeader(trip)).rejects.toThrow(BookingAlreadyExistsError);
        expect(await statusOf(trip)).toBe(status);
      },
    );

    it.each(['UNCONFIRMED', 'CONFIRMED', 'CANCELLING'] as const)(
      "refuses another execution's trip while it is %s",
      async (status) => {
        const trip = await aTripThatIs(status);
        await expect(openHeader(anotherRunOf(trip))).rejects.toThrow(BookingAlreadyExistsError);
        expect(await store.header(trip.trip_id)).toMatchObject({ status, execution_id: trip.execution_id });
      },
    );

    it('books a cancelled trip anew for an execution that started later', async () => {
      const trip = await aTripThatIs('CANCELLED');
      const later = anotherRunOf(trip);
      await openHeader(later);
      const header = await store.header(trip.trip_id);
      expect(header).toMatchObject({ status: 'UNCONFIRMED', execution_id: later.execution_id });
      expect(header).not.toHaveProperty('failureReason');
    });

    it("refuses another customer's cancelled trip: its id stays with who booked it", async () => {
      const trip = await aTripThatIs('CANCELLED');
      const later = anotherRunOf(trip, { customer: 'somebody-else' });
      await expect(openHeader(later)).rejects.toThrow(BookingAlreadyExistsError);
      expect(await store.header(trip.trip_id)).toMatchObject({ status: 'CANCELLED', customer: trip.customer });
    });

    it('refuses a cancelled trip to an execution that started earlier', async () => {
      const trip = await aTripThatIs('CANCELLED');
      const earlier = anotherRunOf(trip, { started_at: '2026-03-01T09:59:59.999Z' });
      await expect(openHeader(earlier)).rejects.toThrow(BookingAlreadyExistsError);
      expect(await store.header(trip.trip_id)).toMatchObject({ execution_id: trip.execution_id, status: 'CANCELLED' });
    });

    it('orders two executions of one millisecond by their names, so that only one can be the later', async () => {
      const trip = aTrip();
      const [first, second] = [`${trip.trip_id}.a`, `${trip.trip_id}.b`].map((id) =>
        aTrip({ ...trip, execution_id: id }),
      );
      await fence(second as BookingRunInput);
      await store.headers.close(second as BookingRunInput, now);
      await expect(openHeader(first as BookingRunInput)).rejects.toThrow(BookingAlreadyExistsError);
    });
  });

  describe('confirm', () => {
    it('commits its own open booking with its reference', async () => {
      const trip = await aTripThatIs('UNCONFIRMED');
      await store.headers.confirm(trip, 'REF234', now);
      expect(await store.header(trip.trip_id)).toMatchObject({ status: 'CONFIRMED', bookingReference: 'REF234' });
    });

    it('takes its own commit for success after a lost reply', async () => {
      const trip = await aTripThatIs('CONFIRMED');
      await store.headers.confirm(trip, 'ABC234', now);
      expect(await statusOf(trip)).toBe('CONFIRMED');
    });

    it.each(['CANCELLING', 'CANCELLED'] as const)(
      'refuses a commit that lands when the booking is %s',
      async (status) => {
        const trip = await aTripThatIs(status);
        await expect(store.headers.confirm(trip, 'ABC234', now)).rejects.toThrow(BookingNotOpenError);
        expect(await statusOf(trip)).toBe(status);
      },
    );

    it.each(['UNCONFIRMED', 'CONFIRMED'] as const)(
      "refuses to commit another execution's %s booking",
      async (status) => {
        const trip = await aTripThatIs(status);
        await expect(store.headers.confirm(anotherRunOf(trip), 'OTHERS', now)).rejects.toThrow(BookingNotOpenError);
        expect(await store.header(trip.trip_id)).toMatchObject({ status, execution_id: trip.execution_id });
      },
    );

    it('refuses to commit a trip that nobody opened and writes nothing', async () => {
      const trip = aTrip();
      await expect(store.headers.confirm(trip, 'ABC234', now)).rejects.toThrow(BookingNotOpenError);
      expect(await store.header(trip.trip_id)).toBeUndefined();
    });
  });

  describe('fence', () => {
    it.each(['UNCONFIRMED', 'CANCELLING', 'CONFIRMED'] as const)(
      'moves its own %s header to CANCELLING',
      async (status) => {
        const trip = await aTripThatIs(status);
        await expect(fence(trip)).resolves.toEqual({ fenced: true });
        expect(await statusOf(trip)).toBe('CANCELLING');
      },
    );

    it('checks nobody in for what is undone', async () => {
      const trip = await aTripThatIs('CONFIRMED');
      expect(await store.header(trip.trip_id)).toMatchObject({ checkedIn: false });
      await store.checkIn(trip.trip_id);
      await fence(trip);
      await store.headers.close(trip, now);
      expect(await store.header(trip.trip_id)).toMatchObject({ status: 'CANCELLED', checkedIn: false });
    });

    it('leaves a CONFIRMED header alone where the run may not undo one, and says so', async () => {
      const trip = await aTripThatIs('CONFIRMED');
      await expect(fence(trip, false)).resolves.toEqual({ fenced: false, ownStatus: 'CONFIRMED' });
      expect(await statusOf(trip)).toBe('CONFIRMED');
    });

    it('leaves its own CANCELLED header alone: nothing is left to undo', async () => {
      const trip = await aTripThatIs('CANCELLED');
      await expect(fence(trip)).resolves.toEqual({ fenced: false, ownStatus: 'CANCELLED' });
      expect(await statusOf(trip)).toBe('CANCELLED');
    });

    it.each(['UNCONFIRMED', 'CONFIRMED', 'CANCELLING'] as const)(
      "leaves another execution's %s header alone",
      async (status) => {
        const trip = await aTripThatIs(status);
        await expect(fence(anotherRunOf(trip))).resolves.toEqual({ fenced: false });
        expect(await store.header(trip.trip_id)).toMatchObject({ status, execution_id: trip.execution_id });
      },
    );

    it('replaces an older CANCELLED header by a tombstone, so that the late opening of a rebooking is refused', async () => {
      const trip = await aTripThatIs('CANCELLED');
      const rebooking = anotherRunOf(trip);
      await expect(fence(rebooking)).resolves.toEqual({ fenced: true });
      await expect(openHeader(rebooking)).rejects.toThrow(BookingAlreadyExistsError);
      await store.headers.close(rebooking, now);
      expect(await store.header(trip.trip_id)).toMatchObject({
        status: 'CANCELLED',
        execution_id: rebooking.execution_id,
        startedAt: `${rebooking.started_at}#${rebooking.execution_id}`,
      });
      await openHeader(anotherRunOf(trip, { started_at: '2026-03-01T10:00:02.000Z' }));
    });

    it("leaves another customer's CANCELLED header alone", async () => {
      const trip = await aTripThatIs('CANCELLED');
      await expect(fence(anotherRunOf(trip, { customer: 'bob' }))).resolves.toEqual({ fenced: false });
      expect(await store.header(trip.trip_id)).toMatchObject({ execution_id: trip.execution_id });
    });

    it('knows that its booking was closed where another one has taken its place', async () => {
      const closed = await aTripThatIs('CANCELLED');
      const later = anotherRunOf(closed);
      await openHeader(later);
      await expect(fence(closed)).resolves.toEqual({ fenced: false, ownStatus: 'CANCELLED' });
      expect(await store.header(later.trip_id)).toMatchObject({
        status: 'UNCONFIRMED',
        execution_id: later.execution_id,
        replaces: closed.execution_id,
      });
    });

    it.each(['UNCONFIRMED', 'CONFIRMED'] as const)(
      'says nothing of a run that a later booking has refused, now %s',
      async (status) => {
        const later = await aTripThatIs(status);
        const earlier = anotherRunOf(later, { started_at: '2026-03-01T09:00:00.000Z' });
        await expect(fence(earlier)).resolves.toEqual({ fenced: false });
        expect(await store.header(later.trip_id)).toMatchObject({ status, execution_id: later.execution_id });
      },
    );

    it('writes a tombstone where there is no header yet, so that a late opening is refused', async () => {
      const trip = aTrip();
      await expect(fence(trip)).resolves.toEqual({ fenced: true });
      await expect(openHeader(trip)).rejects.toThrow(BookingAlreadyExistsError);
      await store.headers.close(trip, now);
      await expect(openHeader(trip)).rejects.toThrow(BookingAlreadyExistsError);
      expect(await statusOf(trip)).toBe('CANCELLED');
    });

    it('keeps the first reason when it is repeated', async () => {
      const trip = await aTripThatIs('UNCONFIRMED');
      await fence(trip);
      await store.headers.fence(trip, { mayUndoConfirmed: false, reason: 'a later one', now });
      expect(await store.header(trip.trip_id)).toMatchObject({ failureReason: 'a reason' });
    });
  });

  describe('close', () => {
    it('closes what it fenced, and takes its own CANCELLED for success', async () => {
      const trip = await aTripThatIs('CANCELLING');
      await store.headers.close(trip, now);
      await store.headers.close(trip, now);
      expect(await statusOf(trip)).toBe('CANCELLED');
    });

    it.each(['UNCONFIRMED', 'CONFIRMED'] as const)('refuses to close a booking that is %s', async (status) => {
      const trip = await aTripThatIs(status);
      await expect(store.headers.close(trip, now)).rejects.toThrow(BookingNotFencedError);
      expect(await statusOf(trip)).toBe(status);
    });

    it.each(['UNCONFIRMED', 'CONFIRMED', 'CANCELLING', 'CANCELLED'] as const)(
      "has nothing to close where another execution's header is %s, and leaves it alone",
      async (status) => {
        const trip = await aTripThatIs(status);
        await store.headers.close(anotherRunOf(trip), now);
        expect(await store.header(trip.trip_id)).toMatchObject({ status, execution_id: trip.execution_id });
      },
    );

    it('refuses to close a trip that nobody opened and writes nothing', async () => {
      const trip = aTrip();
      await expect(store.headers.close(trip, now)).rejects.toThrow(BookingNotFencedError);
      expect(await store.header(trip.trip_id)).toBeUndefined();
    });
  });
});
