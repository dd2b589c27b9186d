import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Booking } from '#functions/booking/booking.ts';
import { bookingRunReader, inputFromItems } from '#functions/booking/cancelling/booking-run-reader.ts';
import { legs } from '#functions/legs.ts';
import { paymentIdOf } from '#functions/shared/saga/derived-ids.ts';
import { itemOfLeg, keyOfLeg } from '#functions/shared/saga/leg.ts';
import { type BookingRunInput, CompensationInput } from '#functions/trip/run-input.ts';
import { openBookingTable, type TestTable } from '#test/support/booking-table.ts';
import { aFlightAlone, aTrip } from '#test/support/trips.ts';
import { bookingFor } from './cancellations.ts';

describe('the input of a booking whose header an older release has opened', () => {
  const { run: _, ...header } = bookingFor(aTrip(), 'CONFIRMED');
  const headerFor = (run: BookingRunInput): Booking => ({ ...header, ...bookingFor(run, 'CONFIRMED') });

  /** The items that the saga leaves in the table. */
  const itemsOf = (run: BookingRunInput): Record<string, unknown>[] => {
    const own = { execution_id: run.execution_id, transaction_status: 'confirmed' };
    const asked = legs.filter((leg) => keyOfLeg(leg, run) !== undefined);
    const payment = { type: 'Payment', id: paymentIdOf(run), amount: run.amount, currency: run.currency };
    return [...asked.map((leg) => itemOfLeg(leg, run)), payment].map((item) => ({ ...item, ...own }));
  };

  it.each([
    ['a whole trip', aTrip()],
    ['a flight alone', aFlightAlone()],
  ])('of %s is what its compensations need: the same ids, money and owner', (__, run) => {
    const input = inputFromItems(headerFor(run), itemsOf(run));
    expect(input).toEqual({ ...run, payment_id: paymentIdOf(run) });
    expect(CompensationInput.safeParse(input).success).toBe(true);
  });

  it('is the same text for any order of the items', () => {
    const run = aTrip();
    const [one, other] = [itemsOf(run), itemsOf(run).reverse()].map((items) => inputFromItems(headerFor(run), items));
    expect(JSON.stringify(other)).toBe(JSON.stringify(one));
  });

  it('names the payment by its item, also where a leg that its id comes from is gone', () => {
    const run = aTrip();
    const withoutHotel = itemsOf(run).filter(({ type }) => type !== 'Hotel');
    expect(inputFromItems(headerFor(run), withoutHotel)).toMatchObject({
      payment_id: paymentIdOf(run),
      depart: run.depart,
    });
    expect(inputFromItems(headerFor(run), [])).not.toHaveProperty('payment_id');
  });

  it('takes nothing of another execution', () => {
    const [run, other] = [aFlightAlone(), aTrip()];
    expect(inputFromItems(headerFor(run), [...itemsOf(run), ...itemsOf(other)])).toEqual(
      inputFromItems(headerFor(run), itemsOf(run)),
    );
  });
});

describe('bookingRunReader', () => {
  let opened: TestTable;
  beforeAll(async () => {
    opened = await openBookingTable();
  });
  afterAll(() => opened.close());

  it.each([
    ['its header has kept the input', true, []],
    ['an older release has opened its header', false, ['Query']],
  ])('given that %s, then it reads what that takes', async (_, isKept, expected) => {
    const run = aTrip();
    const { run: kept, ...header } = bookingFor(run, 'CONFIRMED');
    for (const leg of legs) {
      const key = keyOfLeg(leg, run);
      if (key) await opened.put({ ...key, ...itemOfLeg(leg, run), execution_id: run.execution_id });
    }
    const operations: string[] = [];
    opened.intercept((operation, input, call) => {
      operations.push(operation);
      return call(operation, input);
    });
    const input = await bookingRunReader(opened.table).inputOf(isKept && kept ? { ...header, run: kept } : header);
    opened.intercept(undefined);
    expect(operations).toEqual(expected);
    expect(input).toMatchObject({ trip_id: run.trip_id, hotel: run.hotel, rental: run.rental, depart: run.depart });
  });
});
