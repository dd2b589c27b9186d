import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AwsError } from '#embedded/index.ts';
import { dynamoDbLoyaltyBook } from '#functions/loyalty/dynamodb-loyalty-book.ts';
import type { EarningBooking, LoyaltyBook } from '#functions/loyalty/loyalty.ts';
import { retryConflicts } from '#functions/shared/aws/retry-conflicts.ts';
import { indexes, keys } from '#schema/table.ts';
import { openBookingTable } from '#test/support/booking-table.ts';
import { sized } from '#test/support/load.ts';
import { openSuite } from '#test/support/open-suite.ts';

const table = openSuite(openBookingTable);
let book: LoyaltyBook;
beforeAll(() => {
  book = dynamoDbLoyaltyBook(table.table, () => '2026-03-01T10:00:00.000Z');
});
afterEach(() => table.intercept(undefined));

const aBooking = (overrides: Partial<EarningBooking> = {}): EarningBooking => ({
  customer: randomUUID(),
  bookingId: randomUUID(),
  bookingReference: 'ABC234',
  ...overrides,
});
const pointsOf = async ({ customer }: EarningBooking) => (await table.item(keys.loyaltyAccount(customer)))?.points ?? 0;
const recordOf = ({ customer, bookingId, bookingReference }: EarningBooking) =>
  table.item(keys.loyaltyRecord(customer, bookingId, bookingReference));

const conflict = () =>
  new AwsError('TransactionCanceledException', 'conflict', 400, {
    CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
  });

describe('a booking', () => {
  it('earns its points once for any number of messages', async () => {
    const booking = aBooking();
    expect([await book.earn(booking, 450), await book.earn(booking, 450)]).toEqual([450, 0]);
    expect(await pointsOf(booking)).toBe(450);
    expect(await recordOf(booking)).toMatchObject({ points_status: 'earned', points: 450 });
  });

  it('takes back its points once', async () => {
    const booking = aBooking();
    await book.earn(booking, 450);
    expect([await book.takeBack(booking), await book.takeBack(booking)]).toEqual([450, 0]);
    expect(await pointsOf(booking)).toBe(0);
    expect(await recordOf(booking)).toMatchObject({ points_status: 'taken_back', points: 450 });
  });

  it('takes nothing where it earned nothing, and touches no account', async () => {
    const booking = aBooking();
    expect(await book.takeBack(booking)).toBe(0);
    expect(await table.item(keys.loyaltyAccount(booking.customer))).toBeUndefined();
  });

  it('earns nothing when its cancellation came first', async () => {
    const booking = aBooking();
    await book.takeBack(booking);
    expect(await book.earn(booking, 450)).toBe(0);
    expect(await pointsOf(booking)).toBe(0);
  });

  it('of the same trip earns again under another reference', async () => {
    const first = aBooking();
    const second = { ...first, bookingReference: 'XYZ789' };
    await book.earn(first, 450);
    await book.takeBack(first);
    expect(await book.earn(second, 450)).toBe(450);
    expect(await pointsOf(first)).toBe(450);
  });

  it('is not among the bookings of its customer', async () => {
    const booking = aBooking();
    await book.earn(booking, 450);
    const { name, hashKey } = indexes.byCustomerStatus;
    expect(await table.query(name, hashKey, booking.customer)).toEqual([]);
  });

  it('that earns and is cancelled at the same moment nets zero', async () => {
    const booking = aBooking();
    // Between the look at the record and the write of the sum, the other message comes in twice.
    let first = true;
    table.intercept(async (operation, input, call) => {
      if (operation !== 'TransactWriteItems' || !first) return call(operation, input);
      first = false;
      await book.takeBack(booking);
      return call(operation, input);
    });
    expect(await book.earn(booking, 450)).toBe(0);
    expect(await pointsOf(booking)).toBe(0);
  });

  it('is taken back once by two messages that both saw it earned', async () => {
    const booking = aBooking();
    await book.earn(booking, 450);
    const taken = await Promise.all([book.takeBack(booking), book.takeBack(booking)]);
    expect(taken.sort()).toEqual([0, 450]);
    expect(await pointsOf(booking)).toBe(0);
  });
});

describe('any deliveries', () => {
  it('leave the sum of the bookings that were confirmed and not cancelled', async () => {
    const delivery = fc.record({
      trip: fc.constantFrom('t1', 't2'),
      reference: fc.constantFrom('R1', 'R2'),
      cancelled: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(delivery, { maxLength: 20 }), async (deliveries) => {
        const customer = randomUUID();
        for (const { trip, reference, cancelled } of deliveries) {
          const booking = { customer, bookingId: trip, bookingReference: reference };
          if (cancelled) await book.takeBack(booking);
          else await book.earn(booking, priceOf(trip, reference));
        }
        const named = (wanted: boolean) =>
          new Set(
            deliveries
              .filter(({ cancelled }) => cancelled === wanted)
              .map(({ trip, reference }) => `${trip}#${reference}`),
          );
        const cancelled = named(true);
        const expected = [...named(false)]
          .filter((booking) => !cancelled.has(booking))
          .reduce((sum, booking) => sum + priceOf(...(booking.split('#') as [string, string])), 0);
        expect(await pointsOf({ customer, bookingId: '', bookingReference: '' })).toBe(expected);
      }),
      { numRuns: sized(60, 20) },
    );
  });
});

const priceOf = (trip: string, reference: string): number => (trip === 't1' ? 100 : 20) + (reference === 'R1' ? 3 : 1);

describe('two writes of one account at once', () => {
  it('are tried again until they get through', async () => {
    const booking = aBooking();
    let refusals = 3;
    table.intercept(async (operation, input, call) => {
      if (operation === 'TransactWriteItems' && refusals-- > 0) throw conflict();
      return call(operation, input);
    });
    expect(await book.earn(booking, 450)).toBe(450);
    expect(await pointsOf(booking)).toBe(450);
  });

  it('by as many batches as Lambda may have, lose nothing', async () => {
    const customer = randomUUID();
    let underWay = 0;
    let refusals = 0;
    const refusalsOf = new Map<string, number>();
    // As in DynamoDB: a transaction is refused while another one holds the account. But not as often as it is tried: on a busy
    // machine chance would decide whether it gets through.
    table.intercept(async (operation, input, call) => {
      if (operation !== 'TransactWriteItems') return call(operation, input);
      const transaction = JSON.stringify(input.TransactItems);
      const refused = refusalsOf.get(transaction) ?? 0;
      if (underWay > 0 && refused < 4) {
        refusalsOf.set(transaction, refused + 1);
        refusals++;
        throw conflict();
      }
      underWay++;
      await sleep(2);
      return call(operation, input).finally(() => underWay--);
    });
    const batch = async (name: string): Promise<void> => {
      for (let index = 0; index < 30; index++)
        await book.earn(aBooking({ customer, bookingId: `${name}${index}` }), 10);
    };
    await Promise.all([batch('a'), batch('b')]);
    expect(refusals).toBeGreaterThan(0);
    expect((await table.item(keys.loyaltyAccount(customer)))?.points).toBe(600);
  });

  it('fail in the end, so that the queue hands the message out again', async () => {
    const waits: number[] = [];
    const attempt = retryConflicts(
      () => Promise.reject(Object.assign(new Error('busy'), { name: 'TransactionConflictException' })),
      async (milliseconds) => void waits.push(milliseconds),
    );
    await expect(attempt).rejects.toThrow('busy');
    expect(waits).toHaveLength(5);
  });

  it('are the only thing tried again: a failure of another kind may have written', async () => {
    let calls = 0;
    table.intercept(async () => {
      calls++;
      throw new AwsError('InternalServerError', 'unknown outcome', 500);
    });
    await expect(book.earn(aBooking(), 450)).rejects.toThrow('unknown outcome');
    expect(calls).toBe(1);
  });
});
