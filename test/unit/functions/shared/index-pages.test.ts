import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { indexPages } from '#functions/shared/aws/index-pages.ts';
import type { Cursor, Page } from '#functions/shared/http/page.ts';
import { InvalidPageTokenError } from '#functions/shared/http/page-token.ts';
import { indexes } from '#schema/table.ts';
import { openBookingTable } from '#test/support/booking-table.ts';
import { openSuite } from '#test/support/open-suite.ts';

type Item = Record<string, unknown>;

const [alice, bob] = [randomUUID(), randomUUID()];
const statuses = ['CANCELLED', 'CONFIRMED', 'UNCONFIRMED'];
const keyOf = (customer: string, status: string): Cursor => ({
  pk: `${customer}-${status}`,
  sk: 'BOOKING',
  customer,
  status,
});

const opened = openSuite(openBookingTable);
beforeAll(async () => {
  for (const customer of [alice, bob]) for (const status of statuses) await opened.put(keyOf(customer, status));
});

const pages = () => indexPages(opened.table, indexes.byCustomerStatus, (item: Item) => item);
const ofAlice = (cursor: Cursor) => pages().query({ hash: alice, limit: 2, cursor });

/** The page, or undefined where the start is refused; anything else fails the test. */
async function unlessInvalid(read: Promise<Page<Item>>): Promise<Page<Item> | undefined> {
  try {
    return await read;
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidPageTokenError);
    return undefined;
  }
}

describe('pages of an index', () => {
  it('come one after the other, each item once', async () => {
    const first = await pages().query({ hash: alice, limit: 2 });
    const second = await ofAlice(first.cursor ?? {});
    expect([...first.items, ...second.items].map(({ status }) => status)).toEqual(statuses);
  });

  it.each([
    ['a key of another partition', keyOf(bob, 'CONFIRMED')],
    ['no key', {}],
    ['a part of a key', { pk: 'trip' }],
    ['a key of the table alone', { pk: 'trip', sk: 'BOOKING' }],
    ['an empty part', { ...keyOf(alice, 'CONFIRMED'), pk: '' }],
    ['an attribute too many', { ...keyOf(alice, 'CONFIRMED'), other: 'x' }],
    ['a sort key that is too long', keyOf(alice, 'x'.repeat(1025))],
  ])('do not start at %s', async (_, cursor) => {
    await expect(ofAlice(cursor)).rejects.toThrow(InvalidPageTokenError);
  });

  it('do not start outside the range that is asked for', async () => {
    const read = pages().query({
      hash: alice,
      range: { eq: 'CONFIRMED' },
      limit: 2,
      cursor: keyOf(alice, 'CANCELLED'),
    });
    await expect(read).rejects.toThrow(InvalidPageTokenError);
  });

  it('hold the partition of the query and nothing else, wherever a client lets them start', async () => {
    const part = fc.constantFrom(alice, bob, '', ...statuses, 'BOOKING', `${bob}-CONFIRMED`, '\uFFFF');
    const names = fc.constantFrom('pk', 'sk', 'customer', 'status', 'other');
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.dictionary(names, part), fc.record({ pk: part, sk: part, customer: part, status: part })),
        async (cursor) => {
          const page = await unlessInvalid(ofAlice(cursor));
          for (const { customer } of page?.items ?? []) expect(customer).toBe(alice);
        },
      ),
    );
  });

  it('of a scan do not start at an invalid key either', async () => {
    await expect(pages().scan({ limit: 2, cursor: { pk: 'trip' } })).rejects.toThrow(InvalidPageTokenError);
  });

  it('leave a mistake in the query itself an error of ours', async () => {
    await expect(pages().query({ hash: alice, limit: 0 })).rejects.toMatchObject({ name: 'ValidationException' });
    opened.intercept(() => Promise.reject(new Error('down')));
    await expect(ofAlice(keyOf(alice, 'CONFIRMED'))).rejects.not.toThrow(InvalidPageTokenError);
    opened.intercept(undefined);
  });
});
