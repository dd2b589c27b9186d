import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { GraphQlAnswer } from '#functions/api/graphql/answer.ts';
import { dynamoDbHeaderStore } from '#functions/booking/steps/dynamodb-header-store.ts';
import type { Caller } from '#functions/shared/http/caller.ts';
import { keys } from '#schema/table.ts';
import { aFlight, openBookingTable, type TestTable } from '#test/support/booking-table.ts';
import { type GraphQlService, graphQlService, putBooking } from '#test/support/graphql-service.ts';
import { aTrip, headerOf } from '#test/support/trips.ts';

let table: TestTable;
let service: GraphQlService;
beforeAll(async () => {
  table = await openBookingTable();
  service = graphQlService(table);
});
afterEach(() => table.intercept(undefined));
afterAll(() => table.close());

const customer = (): Caller => ({ sub: `customer-${randomUUID()}`, isAdmin: false });
const admin: Caller = { sub: 'admin', isAdmin: true };

const conditionFailed = (field: string) => ({
  path: [field],
  data: null,
  errorType: 'DynamoDB:ConditionalCheckFailedException',
  errorInfo: null,
  locations: [{ line: 1, column: expect.any(Number), sourceName: null }],
  message: 'The conditional request failed',
});

const firstError = async (asked: ReturnType<GraphQlService['ask']>) => (await asked).errors?.[0];

describe('getBooking', () => {
  const query =
    'query ($id: ID!) { getBooking(id: $id) { id status paymentToken checkedIn customer createdAt bookingReference updatedAt } }';

  it('gives its owner and Admins the booking, and everybody else what a missing one gives', async () => {
    const alice = customer();
    const booking = await putBooking(table, { customer: alice.sub, bookingReference: 'REF' });
    const seen = {
      getBooking: {
        id: booking.id,
        status: 'CONFIRMED',
        paymentToken: booking.paymentToken,
        checkedIn: false,
        customer: alice.sub,
        createdAt: booking.createdAt,
        bookingReference: 'REF',
        updatedAt: booking.updatedAt,
      },
    };
    expect(await service.ask(alice, query, { id: booking.id })).toEqual({ data: seen });
    expect(await service.ask(admin, query, { id: booking.id })).toEqual({ data: seen });
    const missing = { data: { getBooking: null } };
    expect(await service.ask(customer(), query, { id: booking.id })).toEqual(missing);
    for (const id of ['', 'none', 'FLIGHT#x', 'x'.repeat(5000)])
      expect(await service.ask(alice, query, { id })).toEqual(missing);
  });

  it('gives an unknown flight where the catalog has it no more', async () => {
    const alice = customer();
    const { id } = await putBooking(table, { customer: alice.sub, outboundFlightId: 'gone' });
    const asked = await service.ask(
      alice,
      `{ getBooking(id: "${id}") { outboundFlight { id departureDate departureLocale ticketPrice } } }`,
    );
    expect(asked).toEqual({
      data: {
        getBooking: {
          outboundFlight: {
            id: 'gone',
            departureDate: '1970-01-01T00:00:00.000Z',
            departureLocale: 'Etc/UTC',
            ticketPrice: 0,
          },
        },
      },
    });
  });
});

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

  it('lists a confirmed booking whose cancellation was asked for as what getBooking shows', async () => {
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

  it('shows nobody else but an Admin anything', async () => {
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

describe('listBookings', () => {
  const query =
    'query ($limit: Int, $nextToken: String, $filter: ModelBookingFilterInput) { listBookings(limit: $limit, nextToken: $nextToken, filter: $filter) { items { id customer } nextToken } }';

  it('gives customers their own and Admins all but hidden ones, over all pages', async () => {
    const [alice, bob] = [customer(), customer()];
    const own = await Promise.all([1, 2, 3].map(() => putBooking(table, { customer: alice.sub })));
    await putBooking(table, { customer: alice.sub, status: 'CANCELLED', hidden: true });
    await putBooking(table, { customer: bob.sub });
    const all = async (caller: Caller) => {
      const items: { id: string; customer: string }[] = [];
      let nextToken: string | null = null;
      do {
        const { data } = await service.ask(caller, query, { limit: 2, nextToken });
        const page = data?.listBookings as { items: typeof items; nextToken: string | null };
        items.push(...page.items);
        nextToken = page.nextToken;
      } while (nextToken !== null);
      return items;
    };
    expect((await all(alice)).map(({ id }) => id).sort()).toEqual(own.map(({ id }) => id).sort());
    const everybodys = await all(admin);
    const headers = (await table.all()).filter(({ sk, hidden }) => sk === 'BOOKING' && hidden !== true);
    expect(everybodys.map(({ id }) => id).sort()).toEqual(headers.map(({ id }) => id).sort());
  });
});

describe.each(['processBooking', 'createBooking'])('%s', (field) => {
  const mutation = `mutation ($input: CreateBookingInput!) { ${field}(input: $input) { id status customer checkedIn createdAt outboundFlight { id ticketPrice seatAllocation } } }`;
  type Request = Record<'id' | 'paymentToken' | 'bookingOutboundFlightId', string>;
  const aRequest = async (overrides: Record<string, unknown> = {}): Promise<Request> => {
    const flightId = randomUUID();
    await table.put(aFlight(flightId, 5));
    return { paymentToken: randomUUID(), bookingOutboundFlightId: flightId, ...overrides } as Request;
  };
  const idOf = (answered: GraphQlAnswer | undefined): string =>
    (answered?.data?.[field] as { id: string } | undefined)?.id ?? '';
  const runsOf = (id: string) => [...service.started.values()].filter(({ trip_id }) => trip_id === id);

  it('starts the saga for the caller and answers at once, whatever the input says of status and customer', async () => {
    const alice = customer();
    const input = await aRequest({ status: 'CONFIRMED', customer: 'somebody-else', checkedIn: true });
    const { data, errors } = await service.ask(alice, mutation, { input });
    expect(errors).toBeUndefined();
    const booking = data?.[field] as { id: string };
    expect(booking).toEqual({
      id: expect.any(String),
      status: 'UNCONFIRMED',
      customer: alice.sub,
      checkedIn: false,
      createdAt: expect.stringMatching(/Z$/),
      outboundFlight: { id: input.bookingOutboundFlightId, ticketPrice: 250, seatAllocation: 5 },
    });
    expect(runsOf(booking.id)).toEqual([
      expect.objectContaining({
        customer: alice.sub,
        amount: '250.00',
        currency: 'USD',
        payment_token: input.paymentToken,
      }),
    ]);
  });

  it.each([
    ['client mutation id', { clientMutationId: 'same' }],
    ['booking id', { id: 'ID' }],
    ['both', { clientMutationId: 'same', id: 'ID' }],
  ])('given the same %s, once or at the same time, then it books once', async (_, given) => {
    const alice = customer();
    const id = randomUUID();
    const input = await aRequest('id' in given ? { ...given, id } : given);
    const first = await Promise.all([1, 2, 3].map(() => service.ask(alice, mutation, { input })));
    const again = await service.ask(alice, mutation, { input });
    const ids = [...first, again].map(idOf);
    expect(new Set(ids).size).toBe(1);
    expect(runsOf(ids[0] ?? '')).toHaveLength(1);
  });

  it('given nothing to tell them apart by, then every call books', async () => {
    const alice = customer();
    const input = await aRequest();
    const [one, other] = await Promise.all([1, 2].map(() => service.ask(alice, mutation, { input })));
    expect(idOf(one)).not.toBe(idOf(other));
  });

  it('given the id of an own booking, then it answers that booking as it stands, or refuses another trip', async () => {
    const alice = customer();
    const input = await aRequest({ id: randomUUID() });
    await putBooking(table, {
      id: input.id,
      customer: alice.sub,
      outboundFlightId: input.bookingOutboundFlightId,
      paymentToken: input.paymentToken,
    });
    const { data } = await service.ask(alice, mutation, { input });
    expect(data?.[field]).toMatchObject({ id: input.id, status: 'CONFIRMED' });
    const error = await firstError(service.ask(alice, mutation, { input: { ...input, paymentToken: 'other' } }));
    expect(error).toMatchObject({ errorType: 'BookingIdInUseError', errorInfo: { field: 'id' } });
    expect(runsOf(input.id)).toHaveLength(0);
  });

  it('given the id of a cancelled booking, hidden or not, then it is made again, once', async () => {
    const alice = customer();
    for (const hidden of [{}, { hidden: true } as const]) {
      const input = await aRequest({ id: randomUUID() });
      await service.ask(alice, mutation, { input });
      const [firstRun] = runsOf(input.id);
      await putBooking(table, {
        id: input.id,
        customer: alice.sub,
        status: 'CANCELLED',
        execution_id: String(firstRun?.execution_id),
        startedAt: `${firstRun?.started_at}#${firstRun?.execution_id}`,
        ...hidden,
      });
      const anew = { ...input, paymentToken: randomUUID() };
      await service.ask(alice, mutation, { input: anew });
      await service.ask(alice, mutation, { input: anew });
      expect(runsOf(input.id).map(({ payment_token }) => payment_token)).toEqual([
        input.paymentToken,
        anew.paymentToken,
      ]);
    }
  });

  it('given a request that died before its saga was started, then its repetition starts it', async () => {
    const alice = customer();
    const input = await aRequest({ id: randomUUID() });
    const dying = graphQlService(table, { saga: { start: () => Promise.reject(new Error('died')) } });
    expect(await firstError(dying.ask(alice, mutation, { input }))).toMatchObject({ errorType: 'InternalFailure' });
    expect(runsOf(input.id)).toHaveLength(0);
    await service.ask(alice, mutation, { input });
    expect(runsOf(input.id)).toHaveLength(1);
  });

  it('given a quota of AWS that is used up, then it says so and when to come again, and the log has why', async () => {
    const throttled = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
    const busy = graphQlService(table, { saga: { start: () => Promise.reject(throttled) } });
    const error = await firstError(busy.ask(customer(), mutation, { input: await aRequest() }));
    expect(error).toMatchObject({ errorType: 'ServiceBusyError', errorInfo: { retryAfterSeconds: 5 } });
    expect(busy.masked.map(({ originalError }) => originalError)).toEqual([throttled]);
  });

  it("given another customer's id, then nothing tells that it is taken", async () => {
    const booking = await putBooking(table, { customer: customer().sub });
    const input = await aRequest({ id: booking.id });
    const { data, errors } = await service.ask(customer(), mutation, { input });
    expect(errors).toBeUndefined();
    expect(data?.[field]).toMatchObject({ id: booking.id, status: 'UNCONFIRMED' });
  });

  it.each([
    [{ bookingOutboundFlightId: 'none' }, 'UnknownFlightError', 'bookingOutboundFlightId'],
    [{ bookingOutboundFlightId: '' }, 'InvalidArgumentsError', 'input.bookingOutboundFlightId'],
    [{ paymentToken: 'x'.repeat(251) }, 'InvalidArgumentsError', 'input.paymentToken'],
    [{ paymentToken: '' }, 'InvalidArgumentsError', 'input.paymentToken'],
    [{ id: 'has space' }, 'InvalidArgumentsError', 'input.id'],
    [{ clientMutationId: 'x'.repeat(251) }, 'InvalidArgumentsError', 'input.clientMutationId'],
  ])('%j is refused by name', async (overrides, errorType, named) => {
    const error = await firstError(service.ask(customer(), mutation, { input: await aRequest(overrides) }));
    expect(error).toMatchObject({ errorType, message: expect.stringContaining(`"${named}"`) });
  });

  it('given an id that another booking had as its client mutation id, then they are two', async () => {
    const alice = customer();
    const same = randomUUID();
    const [one, other] = [await aRequest({ clientMutationId: same }), await aRequest({ id: same })];
    const first = await service.ask(alice, mutation, { input: one });
    const second = await service.ask(alice, mutation, { input: other });
    expect(second.errors).toBeUndefined();
    expect(idOf(second)).toBe(same);
    expect(idOf(first)).not.toBe(same);
  });

  it('given the same id with another input at the same time, then it names the id', async () => {
    const alice = customer();
    const input = await aRequest({ id: randomUUID() });
    await service.ask(alice, mutation, { input });
    // Read before the first request was kept.
    const late = graphQlService(table, { bookings: { ...service.ports.bookings, get: async () => undefined } });
    const error = await firstError(late.ask(alice, mutation, { input: { ...input, paymentToken: 'other' } }));
    expect(error).toMatchObject({
      errorType: 'IdempotencyConflictError',
      errorInfo: { field: 'id' },
      message: expect.stringMatching(/^This "id" /),
    });
  });

  it('given the same client mutation id with another input, then says so', async () => {
    const alice = customer();
    const input = await aRequest({ clientMutationId: 'same' });
    await service.ask(alice, mutation, { input });
    const error = await firstError(service.ask(alice, mutation, { input: { ...input, paymentToken: 'other' } }));
    expect(error).toMatchObject({
      errorType: 'IdempotencyConflictError',
      errorInfo: { field: 'clientMutationId' },
      message: expect.stringContaining('"clientMutationId"'),
    });
  });
});

it('createBooking puts its condition to a booking that is not there yet', async () => {
  const flightId = randomUUID();
  await table.put(aFlight(flightId, 5));
  const create = (condition: object) =>
    service.ask(
      customer(),
      'mutation ($input: CreateBookingInput!, $condition: ModelBookingConditionInput) { createBooking(input: $input, condition: $condition) { id } }',
      { input: { paymentToken: 't', bookingOutboundFlightId: flightId }, condition },
    );
  expect((await create({ status: { eq: 'UNCONFIRMED' } })).errors).toEqual([conditionFailed('createBooking')]);
  expect((await create({ status: { ne: 'CANCELLED' } })).errors).toBeUndefined();
});

describe('updateBooking', () => {
  const mutation =
    'mutation ($input: UpdateBookingInput!, $condition: ModelBookingConditionInput) { updateBooking(input: $input, condition: $condition) { id checkedIn bookingReference status updatedAt } }';
  const item = (id: string) => table.item(keys.booking(id));

  it('lets owners check in, and out again', async () => {
    const alice = customer();
    const { id, updatedAt } = await putBooking(table, { customer: alice.sub });
    const { data } = await service.ask(alice, mutation, { input: { id, checkedIn: true } });
    expect(data?.updateBooking).toMatchObject({ id, checkedIn: true, status: 'CONFIRMED' });
    expect(await item(id)).toMatchObject({ checkedIn: true, updatedAt: expect.not.stringMatching(updatedAt) });
    await service.ask(alice, mutation, { input: { id, checkedIn: null } });
    expect(await item(id)).toMatchObject({ checkedIn: false });
  });

  it('takes a whole booking that was sent back with the own field changed', async () => {
    const alice = customer();
    const { id, paymentToken, createdAt } = await putBooking(table, { customer: alice.sub });
    const input = {
      id,
      status: 'CONFIRMED',
      paymentToken,
      checkedIn: true,
      customer: alice.sub,
      createdAt,
      bookingReference: null,
      bookingOutboundFlightId: 'flight',
    };
    expect((await service.ask(alice, mutation, { input })).errors).toBeUndefined();
    expect(await item(id)).toMatchObject({ checkedIn: true });
  });

  it.each([
    { status: 'CANCELLED' },
    { paymentToken: 'other' },
    { customer: 'bob' },
    { createdAt: '2000-01-01T00:00:00.000Z' },
    { bookingOutboundFlightId: 'other' },
    { customer: null },
  ])('%j is neither the owner’s nor an Admin’s to write', async (change) => {
    const alice = customer();
    const { id } = await putBooking(table, { customer: alice.sub });
    const before = await item(id);
    for (const caller of [alice, admin]) {
      const error = await firstError(service.ask(caller, mutation, { input: { id, checkedIn: true, ...change } }));
      expect(error).toMatchObject({ errorType: 'FieldNotWritableError' });
    }
    expect(await item(id)).toEqual(before);
  });

  it('lets Admins write the booking reference, and take it away', async () => {
    const alice = customer();
    const { id } = await putBooking(table, { customer: alice.sub });
    const write = (caller: Caller, bookingReference: string | null) =>
      service.ask(caller, mutation, { input: { id, bookingReference } });
    expect(await firstError(write(alice, 'MINE'))).toMatchObject({ errorType: 'FieldNotWritableError' });
    expect((await write(admin, 'NEW')).data?.updateBooking).toMatchObject({ bookingReference: 'NEW' });
    expect(await item(id)).toMatchObject({ bookingReference: 'NEW' });
    expect((await write(admin, null)).data?.updateBooking).toMatchObject({ bookingReference: null });
    expect(await item(id)).not.toHaveProperty('bookingReference');
  });

  it('checks nobody in to what is not confirmed', async () => {
    const alice = customer();
    const { id } = await putBooking(table, { customer: alice.sub, status: 'CANCELLED' });
    const error = await firstError(service.ask(alice, mutation, { input: { id, checkedIn: true } }));
    expect(error).toMatchObject({ errorType: 'CheckInRefusedError', errorInfo: { field: 'checkedIn' } });
  });

  it('changes one whose cancellation was asked for, as far as that makes sense', async () => {
    const alice = customer();
    const cancelRequestedAt = '2026-07-02T10:00:00.000Z';
    const { id } = await putBooking(table, { customer: alice.sub, checkedIn: true, cancelRequestedAt });
    const update = (caller: Caller, change: object) => service.ask(caller, mutation, { input: { id, ...change } });

    expect(await update(alice, { checkedIn: false })).toMatchObject({
      data: { updateBooking: { checkedIn: false, status: 'CANCELLING' } },
    });
    expect((await update(admin, { bookingReference: 'NEW', status: 'CANCELLING' })).errors).toBeUndefined();
    expect(await item(id)).toMatchObject({ status: 'CONFIRMED', cancelRequestedAt, bookingReference: 'NEW' });
    expect(await firstError(update(alice, { checkedIn: true }))).toMatchObject({ errorType: 'CheckInRefusedError' });
  });

  it("answers another customer's booking like a missing one", async () => {
    const { id } = await putBooking(table, { customer: customer().sub });
    const bob = customer();
    for (const one of [id, randomUUID(), 'not an id']) {
      expect(await service.ask(bob, mutation, { input: { id: one, checkedIn: true } })).toEqual({
        data: { updateBooking: null },
        errors: [conditionFailed('updateBooking')],
      });
    }
  });

  it('writes only where the condition holds, of what is there when it writes', async () => {
    const alice = customer();
    const { id } = await putBooking(table, { customer: alice.sub });
    const update = (condition: object) => service.ask(alice, mutation, { input: { id, checkedIn: true }, condition });
    expect((await update({ status: { eq: 'CANCELLED' } })).errors).toEqual([conditionFailed('updateBooking')]);
    expect(await item(id)).toMatchObject({ checkedIn: false });
    table.intercept(async (operation, input, call) => {
      if (operation === 'UpdateItem') {
        table.intercept(undefined);
        await putBooking(table, {
          id,
          customer: alice.sub,
          status: 'CANCELLING',
          updatedAt: '2026-08-01T10:00:00.000Z',
        });
      }
      return call(operation, input);
    });
    expect((await update({ status: { eq: 'CONFIRMED' } })).errors).toEqual([conditionFailed('updateBooking')]);
    expect(await item(id)).toMatchObject({ checkedIn: false, status: 'CANCELLING' });
  });
});

describe('deleteBooking', () => {
  const mutation =
    'mutation ($id: ID!, $condition: ModelBookingConditionInput) { deleteBooking(input: { id: $id }, condition: $condition) { id status } }';
  const visible = async (caller: Caller, id: string) =>
    (await service.ask(caller, `{ getBooking(id: "${id}") { id } }`)).data?.getBooking !== null;

  it('hides a cancelled booking from everybody, and the header stays', async () => {
    const alice = customer();
    for (const deleter of [alice, admin]) {
      const { id } = await putBooking(table, { customer: alice.sub, status: 'CANCELLED' });
      expect((await service.ask(deleter, mutation, { id })).data?.deleteBooking).toEqual({ id, status: 'CANCELLED' });
      expect([await visible(alice, id), await visible(admin, id)]).toEqual([false, false]);
      expect(await table.item(keys.booking(id))).toMatchObject({ status: 'CANCELLED', hidden: true });
      expect((await service.ask(alice, mutation, { id })).errors).toEqual([conditionFailed('deleteBooking')]);
    }
  });

  it.each(['UNCONFIRMED', 'CONFIRMED', 'CANCELLING'] as const)('refuses one that is %s', async (status) => {
    const alice = customer();
    const { id } = await putBooking(table, { customer: alice.sub, status });
    const error = await firstError(service.ask(alice, mutation, { id }));
    expect(error).toMatchObject({
      errorType: 'BookingNotCancelledError',
      message: expect.stringContaining('cancel it first'),
    });
    expect(await visible(alice, id)).toBe(true);
  });

  it("answers another customer's booking like a missing one, and respects conditions", async () => {
    const alice = customer();
    const { id } = await putBooking(table, { customer: alice.sub, status: 'CANCELLED' });
    const refused = [conditionFailed('deleteBooking')];
    expect((await service.ask(customer(), mutation, { id })).errors).toEqual(refused);
    expect((await service.ask(alice, mutation, { id: randomUUID() })).errors).toEqual(refused);
    const condition = { checkedIn: { eq: true } };
    expect((await service.ask(alice, mutation, { id, condition })).errors).toEqual(refused);
    expect(await visible(alice, id)).toBe(true);
  });

  it('shows the booking again once it is made again', async () => {
    const trip = aTrip();
    const owner = { sub: trip.customer, isAdmin: false };
    await putBooking(table, { id: trip.trip_id, customer: trip.customer, status: 'CANCELLED', startedAt: '2000' });
    await service.ask(owner, mutation, { id: trip.trip_id });
    expect(await visible(owner, trip.trip_id)).toBe(false);
    await dynamoDbHeaderStore(table.table).open(headerOf(trip), '2026-08-01T10:00:00.000Z');
    expect(await visible(owner, trip.trip_id)).toBe(true);
  });
});

describe('cancelBooking', () => {
  const mutation = 'mutation ($id: ID!) { cancelBooking(input: { id: $id }) { id status } }';

  it('runs the machine backwards for the owner and Admins, once', async () => {
    const alice = customer();
    const { id, execution_id } = await putBooking(table, { customer: alice.sub });
    for (const caller of [alice, admin, alice]) {
      expect((await service.ask(caller, mutation, { id })).data?.cancelBooking).toEqual({ id, status: 'CANCELLING' });
    }
    expect([...service.started.keys()].filter((name) => name.startsWith(id))).toEqual([`${execution_id}.cancel`]);
  });

  it('tells to wait while the booking is being made', async () => {
    const alice = customer();
    const { id } = await putBooking(table, { customer: alice.sub, status: 'UNCONFIRMED' });
    const error = await firstError(service.ask(alice, mutation, { id }));
    expect(error).toMatchObject({
      errorType: 'BookingNotCancellableError',
      message: expect.stringContaining('try again'),
    });
  });

  it("answers another customer's booking like a missing one", async () => {
    const { id } = await putBooking(table, { customer: customer().sub });
    const errors = [];
    for (const one of [id, randomUUID(), 'not an id'])
      errors.push(await firstError(service.ask(customer(), mutation, { id: one })));
    expect(errors[0]).toMatchObject({ errorType: 'BookingNotFoundError' });
    expect(new Set(errors.map((error) => JSON.stringify(error))).size).toBe(1);
  });
});
