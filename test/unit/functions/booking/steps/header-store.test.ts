import { describe, expect, it } from '@jest/globals';
import { BookingAlreadyExistsError } from '#functions/booking/steps/header-errors.ts';
import { BookingNotOpenError } from '#functions/shared/saga/reservation-errors.ts';
import type { BookingRunInput } from '#functions/trip/run-input.ts';
import { openSuite } from '#test/support/open-suite.ts';
import { anotherRunOf, aTrip, headerOf } from '#test/support/trips.ts';
import { headerActions, headerStores, now } from './header-stores.ts';

describe.each(headerStores)('booking headers %s', (_, open) => {
  const store = openSuite(open);
  const { openHeader, fence, statusOf, aTripThatIs } = headerActions(store);

  describe('open', () => {
    it('opens a trip without a header', async () => {
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

    it("refuses another execution's trip although both were started in one millisecond", async () => {
      const trip = await aTripThatIs('UNCONFIRMED');
      const { openedAt } = headerOf(trip);
      await expect(store.headers.open({ ...headerOf(anotherRunOf(trip)), openedAt }, now)).rejects.toThrow(
        BookingAlreadyExistsError,
      );
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
      const later = anotherRunOf(trip, { customer: 'another-customer' });
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

    it('refuses to commit a trip without a header and writes nothing', async () => {
      const trip = aTrip();
      await expect(store.headers.confirm(trip, 'ABC234', now)).rejects.toThrow(BookingNotOpenError);
      expect(await store.header(trip.trip_id)).toBeUndefined();
    });
  });
});
