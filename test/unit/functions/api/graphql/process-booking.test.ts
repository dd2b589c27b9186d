import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { GraphQlAnswer } from '#functions/api/graphql/answer.ts';
import { aFlight } from '#test/support/booking-table.ts';
import { graphQlService, putBooking } from '#test/support/graphql-service.ts';
import { conditionFailed, customer, firstError, service, table } from './bookings-setup.ts';

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

  it('starts the saga for the caller and answers at once, and ignores status and customer of the input', async () => {
    const alice = customer();
    const input = await aRequest({ status: 'CONFIRMED', customer: 'another-customer', checkedIn: true });
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

  it.each([
    ['neither key nor id', {}],
    ['null for both', { id: null, clientMutationId: null }],
  ])('given %s, then every call books', async (_, given) => {
    const alice = customer();
    const input = await aRequest(given);
    const [one, other] = await Promise.all([1, 2].map(() => service.ask(alice, mutation, { input })));
    expect(idOf(one)).not.toBe('');
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
    [{ id: '' }, 'InvalidArgumentsError', 'input.id'],
    [{ clientMutationId: '' }, 'InvalidArgumentsError', 'input.clientMutationId'],
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
