import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { AwsError } from '#embedded/index.ts';
import { dynamoDbChargeLimit } from '#functions/payment/charge-limit.ts';
import { keys } from '#schema/table.ts';
import { openBookingTable } from '#test/support/booking-table.ts';
import { openSuite } from '#test/support/open-suite.ts';

const table = openSuite(openBookingTable);
afterEach(() => table.intercept(undefined));

const perMinute = 3;
const at = '2030-03-01T10:00:18.000Z';
const limitAt = (now = at, limit = perMinute) => dynamoDbChargeLimit(table.table, limit, () => now);
const aCustomer = () => `customer-${randomUUID()}`;
const outcomesOf = async (attempts: readonly Promise<void>[]) =>
  (await Promise.allSettled(attempts)).map(({ status }) => status).sort();

describe('the limit of charges a customer a minute', () => {
  it('admits charges up to the limit, and then says when the next will be admitted', async () => {
    const [limit, customer] = [limitAt(), aCustomer()];
    for (let charge = 0; charge < perMinute; charge += 1) await limit.admit(customer, undefined);
    await expect(limit.admit(customer, undefined)).rejects.toMatchObject({
      name: 'TooManyChargesError',
      status: 429,
      title: 'Too many charges',
      retryAfterSeconds: 42,
      message: 'A customer may make 3 charges a minute: try again in 42 seconds',
    });
    await limitAt('2030-03-01T10:01:00.000Z').admit(customer, undefined);
  });

  it.each([
    ['2030-03-01T10:00:59.999Z', 1],
    ['2030-03-01T10:00:00.000Z', 60],
  ])('at %s says %d seconds', async (now, retryAfterSeconds) => {
    const [limit, customer] = [limitAt(now, 1), aCustomer()];
    await limit.admit(customer, undefined);
    await expect(limit.admit(customer, undefined)).rejects.toMatchObject({ retryAfterSeconds });
  });

  it('is each customer’s own', async () => {
    const limit = limitAt(at, 1);
    for (const customer of [aCustomer(), aCustomer()]) {
      await limit.admit(customer, undefined);
      await expect(limit.admit(customer, undefined)).rejects.toThrow();
    }
  });

  it('counts a key once, however often and whenever it comes, also when no charge is left', async () => {
    const [limit, customer] = [limitAt(), aCustomer()];
    for (let repetition = 0; repetition < 5; repetition += 1) await limit.admit(customer, 'order-1');
    await limit.admit(customer, 'order-2');
    await limit.admit(customer, undefined);
    await expect(limit.admit(customer, 'order-3')).rejects.toMatchObject({ status: 429 });
    await limit.admit(customer, 'order-1');
    const later = limitAt('2030-03-01T11:30:00.000Z');
    await later.admit(customer, 'order-1');
    for (let charge = 0; charge < perMinute; charge += 1) await later.admit(customer, undefined);
  });

  it('counts a key again once payment providers have forgotten it, also while its item is still there', async () => {
    const [limit, customer] = [limitAt(at, 1), aCustomer()];
    await limit.admit(customer, 'order-1');
    const nextDay = limitAt('2030-03-02T10:00:19.000Z', 1);
    await nextDay.admit(customer, 'order-1');
    await expect(nextDay.admit(customer, undefined)).rejects.toMatchObject({ status: 429 });
  });

  it('counts a key that was refused when it comes again', async () => {
    const [limit, customer] = [limitAt(at, 1), aCustomer()];
    await limit.admit(customer, 'order-1');
    await expect(limit.admit(customer, 'order-2')).rejects.toThrow();
    const later = limitAt('2030-03-01T10:01:00.000Z', 1);
    await later.admit(customer, 'order-2');
    await expect(later.admit(customer, undefined)).rejects.toThrow();
  });

  it('keeps the keys of customers apart', async () => {
    const limit = limitAt(at, 1);
    const [one, other] = [aCustomer(), aCustomer()];
    await limit.admit(one, 'order-1');
    await limit.admit(other, 'order-1');
    await expect(limit.admit(other, 'order-2')).rejects.toThrow();
  });

  it('admits exactly the limit of concurrent charges, with keys and without', async () => {
    const [limit, customer] = [limitAt(at, 5), aCustomer()];
    const attempts = Array.from({ length: 20 }, (_, n) =>
      limit.admit(customer, n % 2 === 0 ? `order-${n}` : undefined),
    );
    expect(await outcomesOf(attempts)).toEqual([
      ...Array.from({ length: 5 }, () => 'fulfilled'),
      ...Array.from({ length: 15 }, () => 'rejected'),
    ]);
  });

  it('given a conflict of two transactions, then it tries again and counts once', async () => {
    const [limit, customer] = [limitAt(at, 1), aCustomer()];
    table.intercept(async (operation, input, call) => {
      if (operation !== 'TransactWriteItems') return call(operation, input);
      table.intercept(undefined);
      throw Object.assign(new Error('conflict'), {
        name: 'TransactionCanceledException',
        CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
      });
    });
    await limit.admit(customer, 'order-1');
    await expect(limit.admit(customer, undefined)).rejects.toMatchObject({ status: 429 });
  });

  it.each([undefined, 'order-1'])('given the key %s, then an error of the table is no refusal', async (key) => {
    table.intercept(() => Promise.reject(new AwsError('ResourceNotFoundException', 'no table')));
    await expect(limitAt().admit(aCustomer(), key)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('leaves items that DynamoDB removes: the count soon, a key as long as payment providers know it', async () => {
    const customer = aCustomer();
    await limitAt().admit(customer, 'order-1');
    const began = Date.parse(at) / 1000;
    expect(await table.item(keys.chargeCount(customer, '2030-03-01T10:00'))).toMatchObject({
      charges: 1,
      expiresAt: began + 42,
    });
    const [counted] = (await table.partition(keys.chargeCount(customer, '').pk)).filter(
      ({ charges }) => charges === undefined,
    );
    expect(counted).toMatchObject({ expiresAt: began + 24 * 3600 });
  });
});
