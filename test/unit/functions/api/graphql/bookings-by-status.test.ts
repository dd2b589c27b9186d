import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { aFlight } from '#test/support/booking-table.ts';
import { putBooking } from '#test/support/graphql-service.ts';
import { admin, customer, firstError, service, table } from './bookings-setup.ts';

describe('getBookingByStatus', () => {
  const query = `query ($customer: String, $status: ModelStringKeyConditionInput, $sortDirection: ModelSortDirection, $filter: ModelBookingFilterInput, $limit: Int, $nextToken: String) {
    getBookingByStatus(customer: $customer, status: $status, sortDirection: $sortDirection, filter: $filter, limit: $limit, nextToken: $nextToken) {
      items { id status } nextToken } }`;
  const alice = customer();
  const statuses = [
    'UNCONFIRMED',
    'CONFIRMED',
    'CONFIRMED',
    'CONFIRMED',
    'CANCELLING',
    'CANCELLED',
    'CANCELLED',
  ] as const;
  beforeAll(async () => {
    for (const status of statuses) await putBooking(table, { customer: alice.sub, status });
    await putBooking(table, { customer: alice.sub, status: 'CANCELLED', hidden: true });
  });

  type Answered = { items: { id: string; status: string }[]; nextToken: string | null };
  const found = async (variables: Record<string, unknown>, caller = alice): Promise<Answered> => {
    const { data, errors } = await service.ask(caller, query, { customer: alice.sub, ...variables });
    expect(errors).toBeUndefined();
    return data?.getBookingByStatus as Answered;
  };
  const statusesOf = async (variables: Record<string, unknown>, caller = alice) =>
    (await found(variables, caller)).items.map(({ status }) => status);

  it.each([
    [null, [...statuses].sort()],
    [{}, [...statuses].sort()],
    [{ eq: 'CONFIRMED' }, ['CONFIRMED', 'CONFIRMED', 'CONFIRMED']],
    [{ eq: 'CONFIRMED', lt: null }, ['CONFIRMED', 'CONFIRMED', 'CONFIRMED']],
    [{ beginsWith: 'CANCEL' }, ['CANCELLED', 'CANCELLED', 'CANCELLING']],
    [{ between: ['CANCELLING', 'CONFIRMED'] }, ['CANCELLING', 'CONFIRMED', 'CONFIRMED', 'CONFIRMED']],
    [{ lt: 'CANCELLING' }, ['CANCELLED', 'CANCELLED']],
    [{ le: 'CANCELLING' }, ['CANCELLED', 'CANCELLED', 'CANCELLING']],
    [{ gt: 'CONFIRMED' }, ['UNCONFIRMED']],
    [{ ge: 'CONFIRMED' }, ['CONFIRMED', 'CONFIRMED', 'CONFIRMED', 'UNCONFIRMED']],
  ])('status %j → %j, and descending the other way round', async (status, expected) => {
    expect(await statusesOf({ status })).toEqual(expected);
    expect(await statusesOf({ status, sortDirection: 'DESC' })).toEqual([...expected].reverse());
  });

  it('lists a confirmed booking with a requested cancellation with the status that getBooking shows', async () => {
    const bea = customer();
    const asked = await putBooking(table, { customer: bea.sub, cancelRequestedAt: '2026-07-02T10:00:00.000Z' });
    const stands = await putBooking(table, { customer: bea.sub });
    const ids = async (variables: Record<string, unknown>) =>
      (await found({ customer: bea.sub, ...variables }, bea)).items.map(({ id }) => id);

    expect(await ids({ status: { eq: 'CONFIRMED' } })).toEqual([stands.id]);
    expect(await ids({ status: { eq: 'CANCELLING' } })).toEqual([asked.id]);
    expect(await ids({ filter: { status: { eq: 'CONFIRMED' } } })).toEqual([stands.id]);
    expect(await ids({ filter: { status: { eq: 'CANCELLING' } } })).toEqual([asked.id]);
    const shown = await service.ask(bea, `{ getBooking(id: "${asked.id}") { status } }`);
    expect(shown.data).toEqual({ getBooking: { status: 'CANCELLING' } });
  });

  it('shows a customer’s bookings to no other customer, and to an Admin', async () => {
    expect(await found({}, customer())).toEqual({ items: [], nextToken: null });
    expect(await statusesOf({}, admin)).toHaveLength(statuses.length);
  });

  it.each(['ASC', 'DESC'])('pages %s by what it reads, the filter afterwards', async (sortDirection) => {
    const filter = { status: { ne: 'CONFIRMED' } };
    const pages: string[][] = [];
    let nextToken: string | null = null;
    do {
      const page: Answered = await found({ sortDirection, filter, limit: 2, nextToken });
      pages.push(page.items.map(({ status }) => status));
      nextToken = page.nextToken;
    } while (nextToken !== null);
    expect(pages.flat().sort()).toEqual(statuses.filter((status) => status !== 'CONFIRMED').sort());
    expect(pages.length).toBeGreaterThan(3);
    expect(Math.min(...pages.map((page) => page.length))).toBe(0);
  });

  it.each([
    [{ customer: null }, "Argument 'customer' must be given"],
    [
      { customer: null, status: { eq: 'x' } },
      "When providing argument 'status' you must also provide arguments customer",
    ],
    [{ customer: '' }, "Argument 'customer' must be given"],
    [{ customer: 'é'.repeat(1025) }, '"customer" must be at most 2048 bytes long'],
    [{ status: { eq: 'a', lt: 'b' } }, 'Argument status must specify at most one key condition operation.'],
    [{ status: { between: ['a'] } }, 'Argument status.between expects exactly 2 elements.'],
    [{ status: { between: ['a', null] } }, 'Argument status.between expects exactly 2 elements.'],
    [{ status: { between: ['b', 'a'] } }, '"status.between" must have its lower bound first'],
    [{ status: { beginsWith: '' } }, '"status.beginsWith" must not be empty'],
    [{ status: { eq: 'x'.repeat(1025) } }, '"status.eq" must be at most 1024 bytes long'],
    [{ limit: 0 }, '"limit" must be at least 1'],
    [{ nextToken: 'eyJ2ZXJzaW9uIjoxfQ' }, expect.stringContaining('"nextToken"')],
    [{ filter: { paymentToken: { lt: null } } }, '"paymentToken.lt" must not be null'],
  ])('%j is refused', async (variables, message) => {
    const error = await firstError(service.ask(alice, query, { customer: alice.sub, ...variables }));
    expect(error).toMatchObject({ path: ['getBookingByStatus'], errorType: 'InvalidArgumentsError', message });
  });

  it('takes its own page tokens only', async () => {
    // The first one read may be the hidden one.
    const { items, nextToken } = await found({ limit: 1 });
    for (const [caller, variables] of [
      [alice, { status: { eq: 'CONFIRMED' } }],
      [alice, { sortDirection: 'DESC' }],
      [admin, {}],
    ] as const) {
      const error = await firstError(service.ask(caller, query, { customer: alice.sub, ...variables, nextToken }));
      expect(error?.message).toContain('"nextToken"');
    }
    const rest = await found({ limit: null, nextToken });
    expect([...items, ...rest.items]).toHaveLength(statuses.length);
  });

  it('reads the flights of a page of 100 bookings in one batch', async () => {
    const traveller = customer();
    const flights = Array.from({ length: 40 }, () => randomUUID());
    for (const id of flights) await table.put(aFlight(id, 3));
    for (let n = 0; n < 100; n += 1) {
      await putBooking(table, { customer: traveller.sub, outboundFlightId: flights[n % 40] ?? '' });
    }
    const operations: string[] = [];
    table.intercept((operation, input, call) => {
      operations.push(operation);
      return call(operation, input);
    });
    const { data } = await service.ask(
      traveller,
      `{ a: getBookingByStatus(customer: "${traveller.sub}") { items { id outboundFlight { id ticketPrice } } } }`,
    );
    const { items } = (data as unknown as { a: { items: { outboundFlight: { id: string } }[] } }).a;
    expect(new Set(items.map(({ outboundFlight }) => outboundFlight.id))).toEqual(new Set(flights));
    expect(items).toHaveLength(100);
    expect(operations).toEqual(['Query', 'BatchGetItem']);
  });
});
