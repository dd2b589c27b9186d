import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dynamoDbLoyaltyReader } from '#functions/loyalty/dynamodb-loyalty-reader.ts';
import { accountOf } from '#functions/loyalty/loyalty-account.ts';
import { keys } from '#schema/table.ts';
import { openBookingTable, type TestTable } from '#test/support/booking-table.ts';

describe('accountOf', () => {
  it.each([
    [0, 'bronze', 50_000],
    [1, 'bronze', 49_999],
    [49_999, 'bronze', 1],
    [50_000, 'silver', 50_000],
    [99_999, 'silver', 1],
    [100_000, 'gold', 0],
    [1_000_000, 'gold', 0],
  ])('puts %d points at level %s, %d from the next', (points, level, remainingPoints) => {
    expect(accountOf(points)).toEqual({ points, level, remainingPoints });
  });
});

describe('the reader', () => {
  let table: TestTable;
  beforeAll(async () => {
    table = await openBookingTable();
  });
  afterAll(() => table.close());

  it('reads the account of this customer', async () => {
    await table.put({ ...keys.loyaltyAccount('alice'), points: 50_450 });
    await expect(dynamoDbLoyaltyReader(table.table).get('alice')).resolves.toEqual({
      points: 50_450,
      level: 'silver',
      remainingPoints: 49_550,
    });
  });

  it('gives a customer without bookings an account with nothing on it', async () => {
    await expect(dynamoDbLoyaltyReader(table.table).get('no-such-customer')).resolves.toEqual({
      points: 0,
      level: 'bronze',
      remainingPoints: 50_000,
    });
  });
});
