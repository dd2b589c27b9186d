import { beforeAll, describe, expect, it } from '@jest/globals';
import * as operations from '#test/support/e2e/amplify-operations.ts';
import { aCatalogFlight } from '#test/support/e2e/api.ts';
import { type Customer, customerOf } from '#test/support/e2e/customers.ts';
import { aHeader, graphQlData, graphQlError, graphQlPages } from '#test/support/e2e/graphql.ts';
import type { Item } from '#test/support/e2e/saga.ts';
import { openTarget } from '#test/support/e2e/target.ts';
import { openSuite } from '#test/support/open-suite.ts';

const target = openSuite(openTarget);
let bob: Customer;
let admin: Customer;
beforeAll(async () => {
  [bob, admin] = await Promise.all([customerOf(target, 'bob'), customerOf(target, 'carol', { admin: true })]);
});

const ask = (customer: Customer, query: string, variables: Item = {}) =>
  graphQlData(target, customer, query, variables);
const errorOf = (customer: Customer, query: string, variables: Item = {}) =>
  graphQlError(target, customer, query, variables);

describe('lists of bookings', () => {
  const counts = { CANCELLED: 4, CONFIRMED: 7, UNCONFIRMED: 3 };
  const sorted = Object.entries(counts).flatMap(([status, count]) => Array.from({ length: count }, () => status));
  let traveller: Customer;
  let flights: string[];
  beforeAll(async () => {
    traveller = await customerOf(target, 'traveller');
    flights = await Promise.all([1, 2, 3].map(() => aCatalogFlight(target, 5)));
    for (const [index, status] of sorted.entries()) {
      await aHeader(target, traveller.sub, {
        status,
        outboundFlightId: flights[index % flights.length],
        checkedIn: index % 2 === 0,
        ...(status === 'CONFIRMED' ? { bookingReference: `REF${index}` } : {}),
      });
    }
    await aHeader(target, traveller.sub, { status: 'CANCELLED', hidden: true });
  });

  const byStatus = (variables: Item) =>
    graphQlPages(target, traveller, operations.getBookingByStatus, { customer: traveller.sub, ...variables });
  const statuses = async (variables: Item) => (await byStatus(variables)).flat().map(({ status }) => status);

  it.each([1, 4, null])('by status, %s a page, in both directions', async (limit) => {
    expect(await statuses({ limit })).toEqual(sorted);
    expect(await statuses({ limit, sortDirection: 'ASC' })).toEqual(sorted);
    expect(await statuses({ limit, sortDirection: 'DESC' })).toEqual([...sorted].reverse());
  });

  it('gives every booking once, with its flight', async () => {
    const pages = await byStatus({ limit: 5 });
    const ids = pages.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(sorted.length);
    expect(new Set(pages.flat().map(({ outboundFlight }) => (outboundFlight as Item).id))).toEqual(new Set(flights));
  });

  const upTo = (limit: string) => sorted.filter((status) => status < limit);
  it.each<[Item | null, string[]]>([
    [null, sorted],
    [{ eq: 'CONFIRMED' }, sorted.filter((status) => status === 'CONFIRMED')],
    [{ beginsWith: 'C' }, upTo('D')],
    [{ between: ['CANCELLED', 'CANCELLING'] }, upTo('CANCELLING')],
    [{ lt: 'CONFIRMED' }, upTo('CONFIRMED')],
    [{ le: 'CONFIRMED' }, upTo('CONFIRMEE')],
    [{ gt: 'CONFIRMED' }, sorted.filter((status) => status > 'CONFIRMED')],
    [{ ge: 'CONFIRMED' }, sorted.filter((status) => status >= 'CONFIRMED')],
  ])('of the key condition %j', async (status, expected) => {
    expect(await statuses({ status })).toEqual(expected);
  });

  it.each<[Item | null, (booking: Item) => boolean]>([
    [null, () => true],
    [{ checkedIn: { eq: true } }, ({ checkedIn }) => checkedIn === true],
    [{ checkedIn: { ne: true } }, ({ checkedIn }) => checkedIn !== true],
    [{ status: { ne: 'CONFIRMED' } }, ({ status }) => status !== 'CONFIRMED'],
    [{ bookingReference: { attributeExists: true } }, ({ bookingReference }) => bookingReference !== null],
    [{ bookingReference: { attributeExists: false } }, ({ bookingReference }) => bookingReference === null],
    [{ bookingReference: { ne: 'REF4' } }, ({ bookingReference }) => bookingReference !== 'REF4'],
    [
      { bookingReference: { between: ['REF4', 'REF6'] } },
      ({ bookingReference }) => /REF[456]/.test(`${bookingReference}`),
    ],
    [
      { bookingReference: { size: { gt: 4 } } },
      ({ bookingReference }) => `${bookingReference}`.length > 4 && bookingReference !== null,
    ],
    [{ bookingReference: { attributeType: 'string' } }, ({ bookingReference }) => bookingReference !== null],
    [{ paymentToken: { beginsWith: 'token-' } }, () => true],
    [{ paymentToken: { notContains: 'token' } }, () => false],
    [{ customer: { contains: 'no-such-customer' } }, () => false],
    [{ id: { gt: '8' } }, ({ id }) => String(id) > '8'],
    [
      {
        or: [
          { status: { eq: 'UNCONFIRMED' } },
          { and: [{ checkedIn: { eq: true } }, { not: { status: { eq: 'CANCELLED' } } }] },
        ],
      },
      ({ status, checkedIn }) => status === 'UNCONFIRMED' || (checkedIn === true && status !== 'CANCELLED'),
    ],
  ])('filtered by %j, counted before the filter', async (filter, holds) => {
    const all = (await byStatus({})).flat();
    const filtered = await byStatus({ filter, limit: 3 });
    expect(filtered.flat().map(({ id }) => id)).toEqual(all.filter(holds).map(({ id }) => id));
    expect(filtered.length).toBeGreaterThanOrEqual(Math.ceil(sorted.length / 3));
  });

  it('without a customer’s name are the caller’s own bookings, and all bookings for an Admin', async () => {
    const own = (await graphQlPages(target, traveller, operations.listBookings, { limit: 4 })).flat();
    expect(own.map(({ status }) => status).sort()).toEqual([...sorted].sort());
    const filter = { customer: { eq: traveller.sub } };
    const everybodys = (await graphQlPages(target, admin, operations.listBookings, { filter, limit: 1000 })).flat();
    expect(everybodys.map(({ id }) => id).sort()).toEqual(own.map(({ id }) => id).sort());
    expect(
      (await graphQlPages(target, admin, operations.getBookingByStatus, { customer: traveller.sub })).flat(),
    ).toHaveLength(sorted.length);
  });

  it('of foreign or changed page tokens do not open', async () => {
    const { nextToken } = await ask(traveller, operations.getBookingByStatus, { customer: traveller.sub, limit: 1 });
    for (const [customer, query, variables] of [
      [bob, operations.listBookings, {}],
      [admin, operations.getBookingByStatus, { customer: traveller.sub }],
      [traveller, operations.getBookingByStatus, { customer: traveller.sub, sortDirection: 'DESC' }],
    ] as const) {
      expect(await errorOf(customer, query, { ...variables, nextToken })).toMatchObject({
        errorType: 'InvalidArgumentsError',
        message: expect.stringContaining('nextToken'),
      });
    }
  });

  it('without a customer are refused as Amplify does', async () => {
    expect(await errorOf(traveller, operations.getBookingByStatus, { status: { eq: 'CONFIRMED' } })).toMatchObject({
      errorType: 'InvalidArgumentsError',
      message: "When providing argument 'status' you must also provide arguments customer",
    });
  });
});
