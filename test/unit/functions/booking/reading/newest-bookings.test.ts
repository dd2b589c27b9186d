import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { dynamoDbRequestStore } from '#functions/booking/accepting/dynamodb-request-store.ts';
import type { Booking } from '#functions/booking/booking.ts';
import type { Cursor } from '#functions/shared/http/page.ts';
import { InvalidPageTokenError } from '#functions/shared/http/page-token.ts';
import type { BookingStatus } from '#schema/saga-input.ts';
import { putBooking } from '#test/support/graphql-service.ts';
import { aTrip } from '#test/support/trips.ts';
import { opened, reader } from './reader-setup.ts';

/** @param minute of the start; larger is newer */
function aBooking(customer: string, minute: number, fields: Partial<Booking> = {}): Promise<Booking> {
  const id = randomUUID();
  const at = `2026-03-01T10:${`${minute}`.padStart(2, '0')}:00.000Z`;
  return putBooking(opened, { id, customer, createdAt: at, startedAt: `${at}#${id}.run`, ...fields });
}

/** The index's entry is written with the item here, and later on AWS: what the table says counts. */
async function withTable<Result>(
  change: (id: string, item: Record<string, unknown>) => Record<string, unknown> | undefined,
  run: () => Promise<Result>,
): Promise<Result> {
  opened.intercept(async (operation, input, call) => {
    const answer = await call(operation, input);
    if (operation !== 'BatchGetItem') return answer;
    const responses = (answer.Responses as { bookings: Record<string, { S?: string }>[] }).bookings;
    const bookings = responses.flatMap((item) => change(item.id?.S ?? '', item) ?? []);
    return { ...answer, Responses: { bookings } };
  });
  return run().finally(() => opened.intercept(undefined));
}

async function pagesOf(customer: string, limit: number, status?: BookingStatus): Promise<string[][]> {
  const pages: string[][] = [];
  let cursor: Cursor | undefined;
  do {
    const page = await reader().newest({ customer, status, limit, cursor });
    pages.push(page.items.map(({ id }) => id));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return pages;
}

describe('newest', () => {
  const customer = 'dora';
  let ids: string[] = [];
  beforeAll(async () => {
    const minutes = [3, 1, 4, 0, 2];
    const made = [];
    for (const minute of minutes) made.push([minute, (await aBooking(customer, minute)).id] as const);
    ids = made.sort(([a], [b]) => b - a).map(([, id]) => id);
    await aBooking('erik', 5);
    await dynamoDbRequestStore(opened.table).putPending(aTrip({ customer }));
  });

  it.each([1, 2, 3, 5, 100])("gives a customer's bookings newest first on pages of %d, each once", async (limit) => {
    const pages = await pagesOf(customer, limit);
    expect(pages.flat()).toEqual(ids);
    for (const page of pages) expect(page.length).toBeLessThanOrEqual(limit);
  });

  it('gives them with all fields, as GET does', async () => {
    const { items } = await reader().newest({ customer, limit: 1 });
    expect(items).toEqual([await reader().get(ids[0] ?? '', { sub: customer, isAdmin: false })]);
  });

  it('given a start of another customer, then it refuses the page token', async () => {
    const { cursor } = await reader().newest({ customer, limit: 1 });
    await expect(reader().newest({ customer: 'erik', limit: 1, cursor })).rejects.toThrow(InvalidPageTokenError);
  });

  it('given nothing, then it reads no header', async () => {
    const operations: string[] = [];
    opened.intercept((operation, input, call) => {
      operations.push(operation);
      return call(operation, input);
    });
    expect(await reader().newest({ customer: 'nobody', limit: 5 })).toEqual({ items: [] });
    opened.intercept(undefined);
    expect(operations).toEqual(['Query']);
  });
});

describe('newest of a status', () => {
  const customer = 'gina';
  const byStatus = new Map<BookingStatus, string[]>();
  beforeAll(async () => {
    const statuses: BookingStatus[] = ['CONFIRMED', 'CANCELLED', 'CONFIRMED', 'UNCONFIRMED', 'CANCELLING'];
    for (const [minute, status] of statuses.entries()) {
      const { id } = await aBooking(customer, minute, { status });
      byStatus.set(status, [id, ...(byStatus.get(status) ?? [])]);
    }
    const { id } = await aBooking(customer, 9, { status: 'CONFIRMED', cancelRequestedAt: '2026-03-01T10:10:00.000Z' });
    byStatus.set('CANCELLING', [id, ...(byStatus.get('CANCELLING') ?? [])]);
  });

  it.each<BookingStatus>(['CONFIRMED', 'CANCELLED', 'UNCONFIRMED', 'CANCELLING'])(
    'gives those that are shown as %s, newest first, on pages of any size',
    async (status) => {
      for (const limit of [1, 2, 100])
        expect((await pagesOf(customer, limit, status)).flat()).toEqual(byStatus.get(status));
    },
  );
});

describe('newest, where the index is behind the table', () => {
  const customer = 'hugo';
  let old: Booking;
  let stands: Booking;
  beforeAll(async () => {
    old = await aBooking(customer, 1);
    stands = await aBooking(customer, 2);
  });
  const ids = async () => (await reader().newest({ customer, limit: 10 })).items.map(({ id }) => id);

  it('shows a booking that was made anew, in its old place', async () => {
    const again = { S: `2026-03-01T11:00:00.000Z#${old.id}.again` };
    const change = (id: string, item: object) => (id === old.id ? { ...item, startedAt: again } : { ...item });
    expect(await withTable(change, ids)).toEqual([stands.id, old.id]);
  });

  it('leaves out one that has another customer now', async () => {
    const change = (id: string, item: object) => (id === old.id ? { ...item, customer: { S: 'ivan' } } : { ...item });
    expect(await withTable(change, ids)).toEqual([stands.id]);
  });

  it('leaves out one that is not there', async () => {
    expect(await withTable((id, item) => (id === old.id ? undefined : item), ids)).toEqual([stands.id]);
  });
});
