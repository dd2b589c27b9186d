import { describe, expect, it } from '@jest/globals';
import { BookingAlreadyExistsError, BookingNotFencedError } from '#functions/booking/steps/header-errors.ts';
import { openSuite } from '#test/support/open-suite.ts';
import { anotherRunOf, aTrip } from '#test/support/trips.ts';
import { headerActions, headerStores, now } from './header-stores.ts';

describe.each(headerStores)('booking headers %s', (_, open) => {
  const store = openSuite(open);
  const { openHeader, fence, statusOf, aTripThatIs } = headerActions(store);

  describe('fence', () => {
    it.each(['UNCONFIRMED', 'CANCELLING', 'CONFIRMED'] as const)(
      'moves its own %s header to CANCELLING',
      async (status) => {
        const trip = await aTripThatIs(status);
        await expect(fence(trip)).resolves.toEqual({ fenced: true });
        expect(await statusOf(trip)).toBe('CANCELLING');
      },
    );

    it('refuses a check-in to a booking that is undone', async () => {
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

    it.each([true, false])(
      "leaves another execution's header alone although it has the same flight and charge (may undo a confirmed one: %s)",
      async (mayUndoConfirmed) => {
        const trip = await aTripThatIs('UNCONFIRMED');
        const other = anotherRunOf(trip, { payment_token: trip.payment_token });
        await expect(fence(other, mayUndoConfirmed)).resolves.toEqual({ fenced: false });
        expect(await statusOf(trip)).toBe('UNCONFIRMED');
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
    it('closes a header that it fenced, and succeeds for its own CANCELLED one', async () => {
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

    it('refuses to close a trip without a header and writes nothing', async () => {
      const trip = aTrip();
      await expect(store.headers.close(trip, now)).rejects.toThrow(BookingNotFencedError);
      expect(await store.header(trip.trip_id)).toBeUndefined();
    });
  });
});
