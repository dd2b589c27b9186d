import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keys } from '#schema/table.ts';
import * as operations from '#test/support/e2e/amplify-operations.ts';
import { aCatalogFlight, api } from '#test/support/e2e/api.ts';
import { type Customer, customerOf } from '#test/support/e2e/customers.ts';
import {
  aBookingInput,
  aFlightInput,
  aGraphQlBooking,
  graphQl,
  graphQlBookingAt,
  graphQlData,
} from '#test/support/e2e/graphql.ts';
import { aBookingRun, headerOf, type Item, itemsOf, put, seatsOf, until } from '#test/support/e2e/saga.ts';
import { openTarget, type Target } from '#test/support/e2e/target.ts';

let target: Target;
let alice: Customer;
let bob: Customer;
let admin: Customer;
beforeAll(async () => {
  target = await openTarget();
  [alice, bob, admin] = await Promise.all([
    customerOf(target, 'alice'),
    customerOf(target, 'bob'),
    customerOf(target, 'carol', { admin: true }),
  ]);
});
afterAll(() => target.close());

const ask = (customer: Customer, query: string, variables: Item = {}) =>
  graphQlData(target, customer, query, variables);

/** The one error of an answer, which is 200 all the same. */
async function errorOf(customer: Customer, query: string, variables: Item = {}) {
  const { status, body } = await graphQl(target, customer, query, variables);
  expect(status).toBe(200);
  expect(body.errors).toHaveLength(1);
  return body.errors[0];
}

const conditionFailed = (field: string) => ({
  path: [field],
  data: null,
  errorType: 'DynamoDB:ConditionalCheckFailedException',
  errorInfo: null,
  locations: [{ line: expect.any(Number), column: expect.any(Number), sourceName: null }],
  message: 'The conditional request failed',
});

/** Follows `nextToken` to the end. */
async function pagesOf(customer: Customer, query: string, variables: Item): Promise<Item[][]> {
  const pages: Item[][] = [];
  let nextToken: string | null = null;
  do {
    const page: { items: Item[]; nextToken: string | null } = await ask(customer, query, { ...variables, nextToken });
    pages.push(page.items);
    nextToken = page.nextToken;
  } while (nextToken !== null);
  return pages;
}

/** A header without a saga: enough for what only reads. */
async function aHeader(customer: string, overrides: Item): Promise<string> {
  const { trip_id: id, execution_id, started_at } = aBookingRun() as unknown as Record<string, string>;
  await put(target, {
    ...keys.booking(id ?? ''),
    id,
    status: 'CONFIRMED',
    customer,
    outboundFlightId: 'none',
    paymentToken: `token-${id}`,
    checkedIn: false,
    createdAt: started_at,
    updatedAt: started_at,
    execution_id,
    startedAt: `${started_at}#${execution_id}`,
    ...overrides,
  });
  return id ?? '';
}

describe('a booking through GraphQL', () => {
  it('is accepted at once, confirmed, checked in, cancelled, deleted and gone', async () => {
    const input = await aBookingInput(target, { customer: 'somebody', status: 'CONFIRMED', checkedIn: true });

    const accepted = await ask(alice, operations.processBooking, { input });

    expect(accepted).toMatchObject({
      id: expect.any(String),
      status: 'UNCONFIRMED',
      customer: alice.sub,
      checkedIn: false,
      paymentToken: input.paymentToken,
      outboundFlight: { id: input.bookingOutboundFlightId, ticketPrice: 150, departureCity: 'London' },
    });
    const { id } = accepted;
    const confirmed = await graphQlBookingAt(target, alice, id, 'CONFIRMED');
    expect(confirmed).toMatchObject({ bookingReference: expect.any(String), customer: alice.sub });

    expect(await ask(alice, operations.updateBooking, { input: { id, checkedIn: true } })).toMatchObject({
      id,
      checkedIn: true,
    });
    expect(await errorOf(alice, operations.deleteBooking, { input: { id } })).toMatchObject({
      errorType: 'BookingNotCancelledError',
    });
    expect(await ask(alice, operations.cancelBooking, { input: { id } })).toMatchObject({ id, status: 'CANCELLING' });
    await ask(alice, operations.cancelBooking, { input: { id } });
    const cancelled = await graphQlBookingAt(target, alice, id, 'CANCELLED');
    expect(await ask(alice, operations.cancelBooking, { input: { id } })).toMatchObject({ status: 'CANCELLED' });
    expect(await seatsOf(target, String(input.bookingOutboundFlightId))).toEqual({ capacity: 5, holds: [] });
    expect(await itemsOf(target, id)).toHaveLength(1);

    expect(await ask(alice, operations.deleteBooking, { input: { id } })).toEqual(cancelled);
    for (const customer of [alice, admin]) expect(await ask(customer, operations.getBooking, { id })).toBeNull();
    expect(await headerOf(target, id)).toMatchObject({ status: 'CANCELLED', hidden: true });
  }, 60_000);

  it('given an id that was cancelled and hidden, then it is booked anew and seen again', async () => {
    const id = randomUUID();
    await aGraphQlBooking(target, alice, { id });
    await ask(alice, operations.cancelBooking, { input: { id } });
    await graphQlBookingAt(target, alice, id, 'CANCELLED');
    await ask(alice, operations.deleteBooking, { input: { id } });

    await ask(alice, operations.createBooking, { input: await aBookingInput(target, { id }) });

    // Hidden until the saga has opened it anew.
    await until(async () => ((await ask(alice, operations.getBooking, { id })) === null ? undefined : true));
    expect(await graphQlBookingAt(target, alice, id, 'CONFIRMED')).toMatchObject({ id });
  }, 60_000);

  it.each([
    ['processBooking', operations.processBooking],
    ['createBooking', operations.createBooking],
  ])(
    '%s of the same ids, at once and again, books once',
    async (_, operation) => {
      for (const ids of [{ clientMutationId: randomUUID() }, { id: randomUUID() }]) {
        const input = await aBookingInput(target, ids);
        const answers = await Promise.all([1, 2, 3].map(() => ask(alice, operation, { input })));
        const [{ id }] = answers;
        await graphQlBookingAt(target, alice, id, 'CONFIRMED');
        answers.push(await ask(alice, operation, { input }));
        expect(new Set(answers.map((answer) => answer.id))).toEqual(new Set([id]));
        expect((await seatsOf(target, String(input.bookingOutboundFlightId))).holds).toHaveLength(1);
      }
    },
    120_000,
  );

  it('given a client mutation id that REST has had as its idempotency key, then it is the same booking', async () => {
    const key = randomUUID();
    const input = await aBookingInput(target);
    const { body } = await api(target, alice, '/bookings', {
      method: 'POST',
      headers: { 'idempotency-key': key },
      body: { outboundFlightId: input.bookingOutboundFlightId, paymentToken: input.paymentToken },
    });
    expect((await ask(alice, operations.processBooking, { input: { ...input, clientMutationId: key } })).id).toBe(
      body.id,
    );
    await graphQlBookingAt(target, alice, body.id, 'CONFIRMED');
  });

  it('given an unknown flight, then it is refused by name', async () => {
    const input = { paymentToken: 'x', bookingOutboundFlightId: 'none' };
    expect(await errorOf(alice, operations.processBooking, { input })).toMatchObject({
      path: ['processBooking'],
      errorType: 'UnknownFlightError',
      errorInfo: { field: 'bookingOutboundFlightId' },
    });
  });

  it("given another customer's booking, then nothing tells that it is there", async () => {
    const { id } = await aGraphQlBooking(target, alice);
    const answersFor = async (booking: unknown) => [
      await ask(bob, operations.getBooking, { id: booking }),
      await errorOf(bob, operations.updateBooking, { input: { id: booking, checkedIn: true } }),
      await errorOf(bob, operations.deleteBooking, { input: { id: booking } }),
      await errorOf(bob, operations.cancelBooking, { input: { id: booking } }),
    ];
    expect(await answersFor(id)).toEqual(await answersFor(randomUUID()));
    expect(await headerOf(target, String(id))).toMatchObject({ status: 'CONFIRMED', checkedIn: false });
    expect(await ask(bob, operations.getBookingByStatus, { customer: alice.sub })).toEqual({
      items: [],
      nextToken: null,
    });
  });

  it('given a booking that is still being made, then it cannot be cancelled yet', async () => {
    const id = await aHeader(alice.sub, { status: 'UNCONFIRMED' });
    expect(await errorOf(alice, operations.cancelBooking, { input: { id } })).toMatchObject({
      errorType: 'BookingNotCancellableError',
      message: expect.stringContaining('try again'),
    });
  });

  it.each([
    { status: 'CANCELLED' },
    { customer: 'mallory' },
    { paymentToken: 'stolen' },
    { bookingOutboundFlightId: 'other' },
    { createdAt: '2000-01-01T00:00:00.000Z' },
  ])('given an update of %j, then owner and Admin are told, and the header stays', async (fields) => {
    const id = await aHeader(alice.sub, {});
    const untouched = await headerOf(target, id);
    for (const customer of [alice, admin]) {
      expect(await errorOf(customer, operations.updateBooking, { input: { id, ...fields } })).toMatchObject({
        errorType: 'FieldNotWritableError',
      });
    }
    expect(await headerOf(target, id)).toEqual(untouched);
  });

  it('given conditions, then they decide', async () => {
    const id = await aHeader(alice.sub, { status: 'CANCELLED' });
    const input = { id };
    const refused = { checkedIn: { eq: true } };
    expect(await errorOf(alice, operations.deleteBooking, { input, condition: refused })).toEqual(
      conditionFailed('deleteBooking'),
    );
    const condition = { or: [refused, { and: [{ status: { eq: 'CANCELLED' } }, { not: refused }] }] };
    expect(await ask(alice, operations.deleteBooking, { input, condition })).toMatchObject({ id });
    expect(await errorOf(alice, operations.deleteBooking, { input, condition: null })).toEqual(
      conditionFailed('deleteBooking'),
    );
  });
});

describe('lists of bookings', () => {
  const counts = { CANCELLED: 4, CONFIRMED: 7, UNCONFIRMED: 3 };
  const sorted = Object.entries(counts).flatMap(([status, count]) => Array.from({ length: count }, () => status));
  let traveller: Customer;
  let flights: string[];
  beforeAll(async () => {
    traveller = await customerOf(target, 'traveller');
    flights = await Promise.all([1, 2, 3].map(() => aCatalogFlight(target, 5)));
    for (const [index, status] of sorted.entries()) {
      await aHeader(traveller.sub, {
        status,
        outboundFlightId: flights[index % flights.length],
        checkedIn: index % 2 === 0,
        ...(status === 'CONFIRMED' ? { bookingReference: `REF${index}` } : {}),
      });
    }
    await aHeader(traveller.sub, { status: 'CANCELLED', hidden: true });
  });

  const byStatus = (variables: Item) =>
    pagesOf(traveller, operations.getBookingByStatus, { customer: traveller.sub, ...variables });
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
    [{ customer: { contains: 'nobody' } }, () => false],
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

  it('of a customer without the customer’s name are the own ones, and everybody’s for an Admin', async () => {
    const own = (await pagesOf(traveller, operations.listBookings, { limit: 4 })).flat();
    expect(own.map(({ status }) => status).sort()).toEqual([...sorted].sort());
    const filter = { customer: { eq: traveller.sub } };
    const everybodys = (await pagesOf(admin, operations.listBookings, { filter, limit: 1000 })).flat();
    expect(everybodys.map(({ id }) => id).sort()).toEqual(own.map(({ id }) => id).sort());
    expect((await pagesOf(admin, operations.getBookingByStatus, { customer: traveller.sub })).flat()).toHaveLength(
      sorted.length,
    );
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

describe('flights', () => {
  it('are created, changed and deleted by Admins alone', async () => {
    const input = aFlightInput();
    for (const query of [operations.createFlight, operations.updateFlight, operations.deleteFlight]) {
      const variables = query === operations.createFlight ? { input } : { input: { id: 'london-madrid-early' } };
      expect(await errorOf(alice, query, variables)).toMatchObject({ errorType: 'Unauthorized' });
    }
    const created = await ask(admin, operations.createFlight, { input });
    expect(created).toEqual({
      ...input,
      id: expect.any(String),
      createdAt: expect.any(String),
      updatedAt: created.createdAt,
    });
    const { id } = created;
    expect(await errorOf(admin, operations.createFlight, { input: { ...input, id } })).toEqual(
      conditionFailed('createFlight'),
    );

    const condition = { ticketPrice: { lt: 100 } };
    const change = { id, ticketPrice: 175, arrivalAirportCode: 'MAD' };
    expect(await errorOf(admin, operations.updateFlight, { input: change, condition })).toEqual(
      conditionFailed('updateFlight'),
    );
    const updated = await ask(admin, operations.updateFlight, { input: change, condition: { not: condition } });
    expect(updated).toEqual({ ...created, ...change, updatedAt: expect.any(String) });
    expect(await ask(alice, operations.getFlight, { id })).toEqual(updated);
    expect(await ask(alice, operations.getOlderFlight, { id })).toEqual({ id, seatAllocation: 10, seatCapacity: 10 });

    expect(await errorOf(admin, operations.deleteFlight, { input: { id }, condition })).toEqual(
      conditionFailed('deleteFlight'),
    );
    expect(await ask(admin, operations.deleteFlight, { input: { id } })).toEqual(updated);
    expect(await ask(alice, operations.getFlight, { id })).toBeNull();
    for (const [name, query] of [
      ['updateFlight', operations.updateFlight],
      ['deleteFlight', operations.deleteFlight],
    ] as const) {
      expect(await errorOf(admin, query, { input: { id } })).toEqual(conditionFailed(name));
    }
  });

  it('that are booked keep their seats when their size changes, and stay', async () => {
    const { id } = await ask(admin, operations.createFlight, { input: aFlightInput({ seatCapacity: 3 }) });
    await aGraphQlBooking(target, alice, { bookingOutboundFlightId: id });
    expect(await ask(admin, operations.updateFlight, { input: { id, seatCapacity: 10 } })).toMatchObject({
      seatCapacity: 10,
    });
    expect(await seatsOf(target, id)).toEqual({ capacity: 10, holds: [expect.any(String)] });
    expect(await errorOf(admin, operations.deleteFlight, { input: { id } })).toMatchObject({
      errorType: 'FlightHasHoldsError',
    });
  });

  it.each([
    [{ departureAirportCode: '' }, 'departureAirportCode'],
    [{ ticketPrice: -1 }, 'ticketPrice'],
    [{ seatCapacity: -1 }, 'seatCapacity'],
    [{ ticketCurrency: 'euro' }, 'ticketCurrency'],
    [{ arrivalAirportCode: 'A#B' }, 'arrivalAirportCode'],
  ])('that nobody could find or book are refused: %j', async (wrong, field) => {
    expect(await errorOf(admin, operations.createFlight, { input: aFlightInput(wrong) })).toMatchObject({
      errorType: 'InvalidArgumentsError',
      message: expect.stringContaining(`"input.${field}"`),
    });
  });

  describe('of a departure airport', () => {
    const airport = `E${randomUUID().slice(0, 6)}`;
    const schedule = [
      ['DUB', '2026-01-01'],
      ['DUB', '2026-01-02'],
      ['DUB', '2026-02-01'],
      ['MAD', '2026-01-01'],
      ['MAD', '2026-01-02'],
    ] as const;
    beforeAll(async () => {
      for (const [index, [arrivalAirportCode, departureDate]] of schedule.entries()) {
        const input = aFlightInput({
          departureAirportCode: airport,
          arrivalAirportCode,
          departureDate,
          ticketPrice: index,
        });
        await ask(admin, operations.createFlight, { input });
      }
    });
    const key = (arrivalAirportCode: string | null, departureDate?: string) => ({
      arrivalAirportCode,
      ...(departureDate ? { departureDate } : {}),
    });
    const found = async (variables: Item) =>
      (await pagesOf(alice, operations.getFlightBySchedule, { departureAirportCode: airport, ...variables }))
        .flat()
        .map(({ ticketPrice }) => ticketPrice);

    it.each<[Item | null, number[]]>([
      [null, [0, 1, 2, 3, 4]],
      [{ beginsWith: key('DUB') }, [0, 1, 2]],
      [{ beginsWith: key('DUB', '2026-01') }, [0, 1]],
      [{ eq: key('DUB', '2026-01-02') }, [1]],
      [{ between: [key('DUB', '2026-01-02'), key('MAD', '2026-01-01')] }, [1, 2, 3]],
      [{ lt: key('DUB', '2026-01-02') }, [0]],
      [{ le: key('DUB', '2026-01-02') }, [0, 1]],
      [{ gt: key('DUB', '2026-02-01') }, [3, 4]],
      [{ ge: key('DUB', '2026-02-01') }, [2, 3, 4]],
    ])(
      'by the composite key %j, in both directions and by pages',
      async (arrivalAirportCodeDepartureDate, expected) => {
        expect(await found({ arrivalAirportCodeDepartureDate })).toEqual(expected);
        expect(await found({ arrivalAirportCodeDepartureDate, limit: 2, sortDirection: 'DESC' })).toEqual(
          [...expected].reverse(),
        );
      },
    );

    it.each<[Item, number[]]>([
      [{ ticketPrice: { gt: 1 } }, [2, 3, 4]],
      [{ ticketPrice: { ge: 1, le: 3 } }, [1, 2, 3]],
      [{ ticketPrice: { between: [1, 2] } }, [1, 2]],
      [{ ticketPrice: { eq: 4 } }, [4]],
      [{ ticketPrice: { ne: 4 } }, [0, 1, 2, 3]],
      [{ ticketPrice: { lt: 1 } }, [0]],
      [{ seatCapacity: { gt: 0 } }, [0, 1, 2, 3, 4]],
      [{ seatAllocation: { gt: 10 } }, []],
      [{ flightNumber: { attributeType: 'number' } }, [0, 1, 2, 3, 4]],
      [{ arrivalCity: { contains: 'ubli' }, ticketPrice: { lt: 2 } }, [0, 1]],
      [{ arrivalCity: { attributeExists: false } }, []],
      [{ departureDate: { beginsWith: '2026-02' } }, [2]],
    ])('filtered by %j', async (filter, expected) => {
      expect(await found({ filter, limit: 2 })).toEqual(expected);
    });

    it.each<[Item, string]>([
      [{ departureAirportCode: null }, "Argument 'departureAirportCode' must be given"],
      [
        { arrivalAirportCodeDepartureDate: { eq: key(null, '2026-01-01') } },
        "When providing argument 'arrivalAirportCodeDepartureDate.eq.departureDate' you must also provide 'arrivalAirportCodeDepartureDate.eq.arrivalAirportCode'.",
      ],
      [
        { arrivalAirportCodeDepartureDate: { eq: key('DUB'), lt: key('MAD') } },
        'Argument arrivalAirportCodeDepartureDate must specify at most one key condition operation.',
      ],
      [
        { arrivalAirportCodeDepartureDate: { between: [key('DUB')] } },
        'Argument arrivalAirportCodeDepartureDate.between expects exactly 2 elements.',
      ],
      [
        { arrivalAirportCodeDepartureDate: { beginsWith: {} } },
        '"arrivalAirportCodeDepartureDate.beginsWith" must not be empty',
      ],
    ])('are refused for %j', async (variables, message) => {
      expect(
        await errorOf(alice, operations.getFlightBySchedule, { departureAirportCode: airport, ...variables }),
      ).toMatchObject({
        errorType: 'InvalidArgumentsError',
        message,
      });
    });

    it('are in the whole list, too', async () => {
      const filter = { departureAirportCode: { eq: airport } };
      const flights = (await pagesOf(alice, operations.listFlights, { filter, limit: 500 })).flat();
      expect(flights.map(({ ticketPrice }) => ticketPrice).sort()).toEqual([0, 1, 2, 3, 4]);
    });
  });

  it('that bookings outlive are told as unknown', async () => {
    const id = await aHeader(alice.sub, { outboundFlightId: 'long-gone' });
    const { outboundFlight } = await ask(alice, operations.getBooking, { id });
    expect(outboundFlight).toMatchObject({ id: 'long-gone', departureCity: 'Unknown', departureLocale: 'Etc/UTC' });
  });
});

describe('loyalty', () => {
  it('is the caller’s own, an Admin’s to ask for, and nobody else’s', async () => {
    const account = { points: expect.any(Number), level: 'bronze', remainingPoints: expect.any(Number) };
    expect(await ask(bob, operations.getLoyalty)).toEqual(account);
    expect(await ask(bob, operations.getLoyalty, { customer: bob.sub })).toEqual(account);
    expect(await ask(admin, operations.getLoyalty, { customer: bob.sub })).toEqual(account);
    for (const customer of [alice.sub, 'nobody']) {
      expect(await errorOf(bob, operations.getLoyalty, { customer })).toMatchObject({ errorType: 'Unauthorized' });
    }
  });
});

describe('a request that is none', () => {
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    api(target, alice, '/graphql', { method: 'POST', body, headers });
  const malformed = {
    data: null,
    errors: [
      {
        path: null,
        data: null,
        errorType: 'MalformedHttpRequestException',
        errorInfo: null,
        locations: null,
        message: expect.any(String),
      },
    ],
  };

  it.each<[string, unknown]>([
    ['no JSON', '{'],
    ['a batch', [{ query: '{ __typename }' }]],
    ['no query', {}],
    ['a query that is no text', { query: 1 }],
    ['variables that are none', { query: '{ __typename }', variables: [] }],
    ['an operation name that is none', { query: '{ __typename }', operationName: 1 }],
    ['no GraphQL', { query: '{' }],
    ['half a character', '{"query":"{ __typename }","variables":{"a":"\\ud800"}}'],
    ['too many tokens', { query: `{ ${'__typename '.repeat(3000)} }` }],
    ['too many bytes', { query: '{ __typename }', variables: { a: 'x'.repeat(70_000) } }],
  ])('given %s, then it is told so', async (_, body) => {
    const answer = await post(body);
    expect([answer.status, answer.body]).toEqual([400, malformed]);
  });

  it('given another type, then it is told so', async () => {
    const answer = await post('{ a }', { 'content-type': 'application/graphql' });
    expect([answer.status, answer.body]).toEqual([400, malformed]);
  });

  it.each([
    ['an unknown field', '{ getBooking(id: "x") { secret } }'],
    ['an unknown variable', '{ getBooking(id: $id) { id } }'],
    ['an argument that does not fit', '{ listFlights(limit: "ten") { nextToken } }'],
    ['a missing argument', '{ getFlight { id } }'],
    ['an unknown operation', 'subscription { onCreateBooking { id } }'],
  ])('given %s, then the answer is an error', async (_, query) => {
    const { status, body } = await graphQl(target, alice, query);
    expect(status).toBe(200);
    expect(body).toMatchObject({ data: null, errors: [{ errorType: 'ValidationError', path: null }] });
  });

  it.each([
    [
      'depth',
      `{ listBookings { items { outboundFlight { ...f } } } } fragment f on Flight { ${'... on Flight { '.repeat(3)} id ${'} '.repeat(3)} }`,
      false,
    ],
    [
      'two full pages',
      `{ ${['a', 'b'].map((alias) => `${alias}: listBookings(limit: 1000) { items { id outboundFlight { id ${'departureCity '.repeat(30)} } } }`).join(' ')} }`,
      true,
    ],
    [
      'many aliases',
      `{ ${Array.from({ length: 60 }, (_, n) => `a${n}: listFlights(limit: 1000) { items { id } }`).join(' ')} }`,
      true,
    ],
    [
      'many mutations',
      `mutation { ${Array.from({ length: 60 }, (_, n) => `a${n}: cancelBooking(input: { id: "x" }) { id }`).join(' ')} }`,
      true,
    ],
  ])('given %s, then limits decide', async (_, query, tooLarge) => {
    const { status, body } = await graphQl(target, alice, query);
    expect(status).toBe(200);
    expect(body.errors?.map(({ errorType }: { errorType: string }) => errorType)).toEqual(
      tooLarge ? ['QueryTooLarge'] : undefined,
    );
  });

  it('given another method or no token, then it is refused', async () => {
    expect((await api(target, alice, '/graphql')).status).toBe(405);
    expect((await graphQl(target, undefined, '{ __typename }')).status).toBe(401);
  });
});
