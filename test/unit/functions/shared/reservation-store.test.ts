import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AwsError } from '#embedded/index.ts';
import { ReservationsRemainError } from '#functions/booking/steps/header-errors.ts';
import type { HeaderStore } from '#functions/booking/steps/header-store.ts';
import { dynamoDbReservationStore } from '#functions/shared/saga/dynamodb-reservation-store.ts';
import {
  BookingNotOpenError,
  ReservationConflictError,
  ReservationNotFoundError,
  TransactionConflictError,
} from '#functions/shared/saga/reservation-errors.ts';
import type { BookingRunInput } from '#functions/trip/run-input.ts';
import { type Key, keys } from '#schema/table.ts';
import { openBookingTable, type TestTable } from '#test/support/booking-table.ts';
import { anotherRunOf, aTrip, headerOf } from '#test/support/trips.ts';
import { openInDynamoDb, openInMemory, type Subject } from './reservation-stores.ts';

const now = '2026-03-01T10:00:00.500Z';

const hotelKey = (trip: BookingRunInput): Key => keys.leg('hotel', trip.trip_id, '7');

const aHotel = { type: 'Hotel', id: '7', hotel: 'holiday inn' };

const openHeader = (headers: HeaderStore, trip: BookingRunInput): Promise<void> => headers.open(headerOf(trip), now);

const fence = (headers: HeaderStore, trip: BookingRunInput) =>
  headers.fence(trip, { mayUndoConfirmed: true, reason: 'test', now });

describe.each([
  ['in memory', openInMemory],
  ['in DynamoDB', openInDynamoDb],
] as const)('reservations %s', (_, open) => {
  let store: Subject;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());

  const anOpenTrip = async (): Promise<BookingRunInput> => {
    const trip = aTrip();
    await openHeader(store.headers, trip);
    return trip;
  };

  it('writes a reservation as pending, owned by its execution', async () => {
    const trip = await anOpenTrip();
    await store.reservations.open(trip, hotelKey(trip), aHotel);
    expect(await store.item(hotelKey(trip))).toEqual({
      ...hotelKey(trip),
      ...aHotel,
      trip_id: trip.trip_id,
      transaction_status: 'pending',
      execution_id: trip.execution_id,
    });
  });

  it('succeeds for a repeated reservation and leaves the item unchanged', async () => {
    const trip = await anOpenTrip();
    await store.reservations.open(trip, hotelKey(trip), aHotel);
    await store.reservations.confirm(trip, hotelKey(trip));
    await store.reservations.open(trip, hotelKey(trip), { ...aHotel, hotel: 'another' });
    expect(await store.item(hotelKey(trip))).toMatchObject({ hotel: 'holiday inn', transaction_status: 'confirmed' });
  });

  it('refuses a reservation of a trip without a header', async () => {
    const trip = aTrip();
    await expect(store.reservations.open(trip, hotelKey(trip), aHotel)).rejects.toThrow(BookingNotOpenError);
    expect(await store.item(hotelKey(trip))).toBeUndefined();
  });

  it('refuses a reservation that lands after the fence', async () => {
    const trip = await anOpenTrip();
    await fence(store.headers, trip);
    await expect(store.reservations.open(trip, hotelKey(trip), aHotel)).rejects.toThrow(BookingNotOpenError);
    expect(await store.item(hotelKey(trip))).toBeUndefined();
  });

  it('refuses a late repetition after the fence even where its own item still stands', async () => {
    const trip = await anOpenTrip();
    await store.reservations.open(trip, hotelKey(trip), aHotel);
    await fence(store.headers, trip);
    await expect(store.reservations.open(trip, hotelKey(trip), aHotel)).rejects.toThrow(BookingNotOpenError);
  });

  it('refuses a reservation that lands after the booking was confirmed', async () => {
    const trip = await anOpenTrip();
    await store.headers.confirm(trip, 'ABC234', now);
    await expect(store.reservations.open(trip, hotelKey(trip), aHotel)).rejects.toThrow(BookingNotOpenError);
  });

  it("refuses a reservation for another execution's open booking", async () => {
    const trip = await anOpenTrip();
    const other = anotherRunOf(trip);
    await expect(store.reservations.open(other, hotelKey(trip), aHotel)).rejects.toThrow(BookingNotOpenError);
    expect(await store.item(hotelKey(trip))).toBeUndefined();
  });

  it("refuses a reservation where a former execution's item was left behind", async () => {
    const trip = await anOpenTrip();
    await fence(store.headers, trip);
    await store.headers.close(trip, now);
    await store.put(hotelKey(trip), { ...aHotel, execution_id: trip.execution_id });
    const next = anotherRunOf(trip);
    await openHeader(store.headers, next);
    await expect(store.reservations.open(next, hotelKey(trip), aHotel)).rejects.toThrow(ReservationConflictError);
    expect(await store.item(hotelKey(trip))).toMatchObject({ execution_id: trip.execution_id });
  });

  it('keeps the booking from being closed while one of its reservations is there', async () => {
    const trip = await anOpenTrip();
    await store.reservations.open(trip, hotelKey(trip), aHotel);
    await fence(store.headers, trip);
    await expect(store.headers.close(trip, now)).rejects.toThrow(ReservationsRemainError);
    await store.reservations.remove(trip, hotelKey(trip));
    await store.headers.close(trip, now);
  });

  it('confirms its own reservation, again and again', async () => {
    const trip = await anOpenTrip();
    await store.reservations.open(trip, hotelKey(trip), aHotel);
    await store.reservations.confirm(trip, hotelKey(trip));
    await store.reservations.confirm(trip, hotelKey(trip));
    expect(await store.item(hotelKey(trip))).toMatchObject({ ...aHotel, transaction_status: 'confirmed' });
  });

  it('fails to confirm a missing reservation, and writes nothing', async () => {
    const trip = await anOpenTrip();
    await expect(store.reservations.confirm(trip, hotelKey(trip))).rejects.toThrow(ReservationNotFoundError);
    expect(await store.item(hotelKey(trip))).toBeUndefined();
  });

  it("fails to confirm another execution's reservation and leaves it as it is", async () => {
    const trip = await anOpenTrip();
    await store.reservations.open(trip, hotelKey(trip), aHotel);
    await expect(store.reservations.confirm(anotherRunOf(trip), hotelKey(trip))).rejects.toThrow(
      ReservationNotFoundError,
    );
    expect(await store.item(hotelKey(trip))).toMatchObject({ transaction_status: 'pending' });
  });

  it('removes its own reservation, and again finds nothing to undo', async () => {
    const trip = await anOpenTrip();
    await store.reservations.open(trip, hotelKey(trip), aHotel);
    await store.reservations.remove(trip, hotelKey(trip));
    await store.reservations.remove(trip, hotelKey(trip));
    expect(await store.item(hotelKey(trip))).toBeUndefined();
  });

  it("leaves another execution's reservation when asked to remove it", async () => {
    const trip = await anOpenTrip();
    await store.reservations.open(trip, hotelKey(trip), aHotel);
    await store.reservations.remove(anotherRunOf(trip), hotelKey(trip));
    expect(await store.item(hotelKey(trip))).toMatchObject({ execution_id: trip.execution_id });
  });
});

describe('errors of DynamoDB that are no answer', () => {
  let table: TestTable;
  beforeAll(async () => {
    table = await openBookingTable();
  });
  afterAll(() => table.close());

  const failWith = (code: string, details: Record<string, unknown> = {}) =>
    table.intercept(() => Promise.reject(new AwsError(code, 'on purpose', 400, details)));

  it.each(['TransactionConflict', 'ThrottlingError'])(
    'names a transaction cancelled by %s so that it is retried',
    async (code) => {
      failWith('TransactionCanceledException', { CancellationReasons: [{ Code: 'None' }, { Code: code }] });
      const trip = aTrip();
      const opened = dynamoDbReservationStore(table.table).open(trip, hotelKey(trip), aHotel);
      await expect(opened).rejects.toThrow(TransactionConflictError);
    },
  );

  it.each([
    ['open', 'TransactionCanceledException'],
    ['open', 'ThrottlingException'],
    ['confirm', 'ThrottlingException'],
    ['remove', 'ThrottlingException'],
  ] as const)('lets an error of %s that no condition explains through: %s', async (operation, code) => {
    failWith(
      code,
      code === 'TransactionCanceledException' ? { CancellationReasons: [{ Code: 'ValidationError' }] } : {},
    );
    const trip = aTrip();
    const call = dynamoDbReservationStore(table.table)[operation](trip, hotelKey(trip), aHotel);
    await expect(call).rejects.toMatchObject({ name: code });
  });
});
