import { describe, expect, it } from '@jest/globals';
import { AwsError } from '#embedded/index.ts';
import { dynamoDbHeaderStore } from '#functions/booking/steps/dynamodb-header-store.ts';
import { dynamoDbToldBookings } from '#functions/notification/dynamodb-told-bookings.ts';
import { openBookingTable } from '#test/support/booking-table.ts';
import { aTrip, headerOf } from '#test/support/trips.ts';
import { changed, fence, header, isInIndex, isUnfinished, open, opened, table } from './header-items.ts';

describe('membership of the indexes', () => {
  const told = dynamoDbToldBookings;

  it('is in ByUnfinished while UNCONFIRMED, and while CONFIRMED until its message is out', async () => {
    const trip = aTrip();
    await open(trip);
    expect(await isUnfinished(trip)).toBe(true);
    await dynamoDbHeaderStore(table.table, async () => undefined).confirm(trip, 'ABC234', changed);
    expect(await isUnfinished(trip)).toBe(true);
    await told(table.table).told(trip, 'CONFIRMED');
    expect(await isUnfinished(trip)).toBe(false);
    expect(await header(trip)).toMatchObject({ status: 'CONFIRMED', bookingReference: 'ABC234', updatedAt: changed });
  });

  it('is in ByUnfinished while CANCELLING, even from CONFIRMED or as a tombstone, and while CANCELLED until its message is out', async () => {
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

  it('stays in ByUnfinished if a message of another status is sent', async () => {
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
    for (const trip of [booked, fenced]) {
      expect(await isInIndex('byCustomerStatus', 'bob', trip)).toBe(true);
      expect(await isInIndex('byCustomerStarted', 'bob', trip)).toBe(true);
    }
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
