import { describe, expect, it } from '@jest/globals';
import { type AcceptedBooking, acceptBooking } from '#functions/booking/accepting/accept-booking.ts';
import type { Booking } from '#functions/booking/booking.ts';
import { startedAtOf } from '#functions/booking/steps/header-store.ts';
import type { BookableFlight } from '#functions/trip/bookable-flight.ts';
import type { BookingRequest } from '#functions/trip/booking-request.ts';
import { keptRunOf } from '#functions/trip/kept-run.ts';
import { BookingRunInput } from '#functions/trip/run-input.ts';
import { bookingStatuses, executionIdPattern, tripIdPattern } from '#schema/saga-input.ts';
import { memoryMachine } from '#test/support/memory-machine.ts';
import { memoryRequests } from '#test/support/memory-requests.ts';
import { callsOf, type Recorded, recorded } from '#test/support/recording.ts';

const alice = { sub: 'alice', isAdmin: false };
const bob = { sub: 'bob', isAdmin: false };

const flight: BookableFlight = {
  ticketPrice: 150,
  ticketCurrency: 'USD',
  departureAirportCode: 'LGW',
  departureCity: 'London',
  departureDate: '2021-07-10T06:00:00.000Z',
  arrivalAirportCode: 'DUB',
  arrivalCity: 'Dublin',
  arrivalDate: '2021-07-10T07:25:00.000Z',
};

const aRequest = (overrides: Partial<BookingRequest> = {}): BookingRequest => ({
  outboundFlightId: 'demo-london-dublin',
  paymentToken: 'token-1',
  ...overrides,
});

/** What was accepted, by either way of answering. */
const accepted = async (processed: ReturnType<typeof acceptBooking>) => {
  const { kind, booking } = await processed;
  expect(kind).toBe('accepted');
  return booking as AcceptedBooking;
};

function ports(bookings: Record<string, Booking> = {}) {
  const catalog = new Map([['demo-london-dublin', flight]]);
  const saga = memoryMachine();
  const requests = memoryRequests();
  let seconds = 0;
  return {
    catalog,
    flights: { get: async (id: string) => catalog.get(id) },
    saga,
    requests,
    bookings: { get: async (id: string) => bookings[id], header: async (id: string) => bookings[id] },
    now: () => new Date(Date.UTC(2026, 2, 1, 10, 0, seconds++)).toISOString(),
  };
}

const aBooking = (overrides: Partial<Booking>): Booking => ({
  id: 'trip-1',
  status: 'CONFIRMED',
  outboundFlightId: 'demo-london-dublin',
  paymentToken: 'token',
  checkedIn: false,
  customer: 'alice',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  execution_id: 'trip-1.other',
  startedAt: '2026-01-01T00:00:00.000Z#trip-1.other',
  ...overrides,
});

describe('acceptBooking', () => {
  it("given a flight, a hotel and a car, then the saga starts with the catalog's flight and the server's price", async () => {
    const world = ports();
    const request = aRequest({
      id: 'trip-1',
      hotel: { hotel: 'holiday inn', checkIn: '2021-07-10T12:00:00.000Z', checkOut: '2021-07-12T14:00:00.000Z' },
      rental: { rental: 'Volvo', rentalFrom: '2021-07-10T00:00:00.000Z', rentalTo: '2021-07-12T00:00:00.000Z' },
    });

    const answer = await accepted(acceptBooking(alice, { key: 'key-1', request }, world));

    const [[name, input] = []] = [...world.saga.started];
    expect(input).toEqual({
      trip_id: 'trip-1',
      execution_id: name,
      started_at: '2026-03-01T10:00:00.000Z',
      customer: 'alice',
      outbound_flight_id: 'demo-london-dublin',
      depart: 'London',
      depart_at: '2021-07-10T06:00:00.000Z',
      arrive: 'Dublin',
      arrive_at: '2021-07-10T07:25:00.000Z',
      hotel: 'holiday inn',
      check_in: '2021-07-10T12:00:00.000Z',
      check_out: '2021-07-12T14:00:00.000Z',
      rental: 'Volvo',
      rental_from: '2021-07-10T00:00:00.000Z',
      rental_to: '2021-07-12T00:00:00.000Z',
      payment_token: 'token-1',
      amount: '450.00',
      currency: 'USD',
    });
    expect(BookingRunInput.safeParse(input).success).toBe(true);
    expect(answer).toEqual({
      id: 'trip-1',
      status: 'UNCONFIRMED',
      outboundFlightId: 'demo-london-dublin',
      paymentToken: 'token-1',
      customer: 'alice',
      checkedIn: false,
      createdAt: '2026-03-01T10:00:00.000Z',
      price: { amount: '450.00', currency: 'USD' },
    });
    expect(world.requests.announced).toEqual(['trip-1']);
  });

  it('given no id, then it derives one that is a trip id, and an execution name that Step Functions takes', async () => {
    const world = ports();
    const { id } = await accepted(acceptBooking(alice, { key: 'k', request: aRequest() }, world));
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(id).toMatch(tripIdPattern);
    expect([...world.saga.started.keys()]).toEqual([expect.stringMatching(executionIdPattern)]);
  });

  it('given the longest id, then the name still leaves room for the suffixes of cancel and redrive runs', async () => {
    const world = ports();
    await acceptBooking(alice, { key: 'k', request: aRequest({ id: 'x'.repeat(50) }) }, world);
    expect([...world.saga.started.keys()]).toEqual([expect.stringMatching(executionIdPattern)]);
  });

  it('given the same key and request again, even later and dearer, then it answers the same and starts nothing else', async () => {
    const world = ports();
    const first = await accepted(acceptBooking(alice, { key: 'k', request: aRequest() }, world));
    world.catalog.set('demo-london-dublin', { ...flight, ticketPrice: 999 });
    const second = await accepted(acceptBooking(alice, { key: 'k', request: aRequest() }, world));
    world.catalog.clear();
    const third = await accepted(acceptBooking(alice, { key: 'k', request: aRequest() }, world));

    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
    expect(JSON.stringify(third)).toBe(JSON.stringify(first));
    expect(world.saga.started.size).toBe(1);
  });

  it('given the same fields in another order, then it is the same request', async () => {
    const world = ports();
    const { outboundFlightId, paymentToken } = aRequest();
    await acceptBooking(alice, { key: 'k', request: { outboundFlightId, paymentToken } }, world);
    await acceptBooking(alice, { key: 'k', request: { paymentToken, outboundFlightId } }, world);
    expect(world.saga.started.size).toBe(1);
  });

  it('given the same key with another request, then it refuses and starts nothing', async () => {
    const world = ports();
    await acceptBooking(alice, { key: 'k', request: aRequest() }, world);
    const other = acceptBooking(alice, { key: 'k', request: aRequest({ paymentToken: 'token-2' }) }, world);
    await expect(other).rejects.toMatchObject({ name: 'IdempotencyConflictError', field: 'Idempotency-Key' });
    expect(world.saga.started.size).toBe(1);
  });

  it('given the same key of two customers, then these are two bookings', async () => {
    const world = ports();
    const one = await accepted(acceptBooking(alice, { key: 'k', request: aRequest() }, world));
    const other = await accepted(acceptBooking(bob, { key: 'k', request: aRequest() }, world));
    expect(other.id).not.toBe(one.id);
    expect(world.saga.started.size).toBe(2);
  });

  it('given no key, then every call is a booking of its own', async () => {
    const world = ports();
    await acceptBooking(alice, { request: aRequest() }, world);
    await acceptBooking(alice, { request: aRequest() }, world);
    expect(world.saga.started.size).toBe(2);
  });

  it('given a request that died before the saga was started, when repeated, then it starts with what was kept', async () => {
    const world = ports();
    const down = { ...world, saga: { start: () => Promise.reject(new Error('Step Functions is down')) } };
    await expect(acceptBooking(alice, { key: 'k', request: aRequest() }, down)).rejects.toThrow('down');
    world.catalog.set('demo-london-dublin', { ...flight, ticketPrice: 999 });

    const answer = await accepted(acceptBooking(alice, { key: 'k', request: aRequest() }, world));

    expect(answer).toMatchObject({ createdAt: '2026-03-01T10:00:00.000Z', price: { amount: '150.00' } });
    expect([...world.saga.started.values()]).toEqual([
      expect.objectContaining({ amount: '150.00', started_at: '2026-03-01T10:00:00.000Z' }),
    ]);
  });

  it('given twenty at once under one key, then all get the same answer and one run is started', async () => {
    const world = ports();
    const calls = Array.from({ length: 20 }, () => acceptBooking(alice, { key: 'k', request: aRequest() }, world));
    const answers = new Set((await Promise.all(calls)).map((answer) => JSON.stringify(answer)));
    expect(answers.size).toBe(1);
    expect(world.saga.started.size).toBe(1);
  });

  it('given a run that is opened while its request comes again, then that is no conflict with itself', async () => {
    const world = ports();
    const request = aRequest({ id: 'trip-1' });
    await acceptBooking(alice, { key: 'k', request }, world);
    const [executionId = ''] = world.saga.started.keys();
    // Read before the first request was kept; its run has opened the booking by the time that the flight was read.
    const requests = { ...world.requests, find: async () => undefined };
    const bookings = { header: async () => undefined, get: async () => aBooking({ execution_id: executionId }) };
    await expect(
      accepted(acceptBooking(alice, { key: 'k', request }, { ...world, requests, bookings })),
    ).resolves.toMatchObject({ id: 'trip-1' });
    expect(world.saga.runs).toHaveLength(1);
  });

  it('given an unknown flight, then it names the field, and keeps and starts nothing', async () => {
    const world = ports();
    const call = acceptBooking(alice, { key: 'k', request: aRequest({ outboundFlightId: 'nowhere' }) }, world);
    await expect(call).rejects.toMatchObject({ name: 'UnknownFlightError', field: 'outboundFlightId' });
    expect([world.requests.kept.size, world.requests.announced.length, world.saga.started.size]).toEqual([0, 0, 0]);
  });

  it.each(['UNCONFIRMED', 'CONFIRMED', 'CANCELLING'] as const)(
    'given an own booking of that id that is %s, then the id is in use',
    async (status) => {
      const world = ports({ 'trip-1': aBooking({ status }) });
      const call = acceptBooking(alice, { key: 'k', request: aRequest({ id: 'trip-1' }) }, world);
      await expect(call).rejects.toMatchObject({ name: 'BookingIdInUseError', field: 'id', status: 409 });
      expect(world.saga.started.size).toBe(0);
    },
  );

  it('given an own booking of that id that is cancelled, then it is booked again', async () => {
    const world = ports({ 'trip-1': aBooking({ status: 'CANCELLED' }) });
    await acceptBooking(alice, { key: 'k', request: aRequest({ id: 'trip-1' }) }, world);
    expect(world.saga.started.size).toBe(1);
  });

  it("given another customer's booking of that id, then the answer is that of a free id", async () => {
    const taken = ports({ 'trip-1': aBooking({ customer: 'alice' }) });
    const free = ports();
    const request = aRequest({ id: 'trip-1' });
    const [one, other] = await Promise.all(
      [taken, free].map((world) => acceptBooking(bob, { key: 'k', request }, world)),
    );
    expect(one).toEqual(other);
  });

  it.each([
    ['outboundFlightId', { ticketCurrency: 'dollars' }, {}],
    ['outboundFlightId', { departureDate: '', arrivalDate: '' }, {}],
    ['outboundFlightId', { ticketPrice: -1 }, {}],
    ['paymentToken', {}, { paymentToken: 'x'.repeat(251) }],
    ['id', {}, { id: 'a b' }],
    ['hotel.hotel', {}, { hotel: { hotel: '', checkIn: '2026-07-10', checkOut: '2026-07-11' } }],
  ])('given a %s that the saga would refuse, then it is not accepted', async (field, changes, overrides) => {
    const world = ports();
    world.catalog.set('demo-london-dublin', { ...flight, ...changes });
    const call = acceptBooking(alice, { key: 'k', request: aRequest(overrides) }, world);
    await expect(call).rejects.toMatchObject({ name: 'InvalidBookingRequestError', field });
    expect([world.requests.kept.size, world.saga.started.size]).toEqual([0, 0]);
  });

  it('given a caller whose name is too long for a booking, then it names that', async () => {
    const call = acceptBooking({ sub: 'x'.repeat(251), isAdmin: false }, { key: 'k', request: aRequest() }, ports());
    await expect(call).rejects.toMatchObject({
      field: 'sub',
      message: '"sub" must have at most 250 characters',
    });
  });

  it('given a flight without cities and arrival, then its airports and departure stand for them', async () => {
    const world = ports();
    const { departureCity, arrivalCity, arrivalDate, ...bare } = flight;
    world.catalog.set('demo-london-dublin', bare);
    await acceptBooking(alice, { key: 'k', request: aRequest() }, world);
    const [input] = world.saga.started.values();
    expect(input).toMatchObject({ depart: 'LGW', arrive: 'DUB', arrive_at: flight.departureDate });
    expect(BookingRunInput.safeParse(input).success).toBe(true);
  });
});

describe('a request that comes again after Step Functions has forgotten its run', () => {
  const request = aRequest({
    id: 'trip-1',
    hotel: { hotel: 'inn', checkIn: '2021-07-10T12:00:00.000Z', checkOut: '2021-07-12T14:00:00.000Z' },
  });

  /** Booked once under the key, with the header that the run has left; its name is free again. */
  async function aForgottenRun(header: Partial<Booking> = {}) {
    const bookings: Record<string, Booking> = {};
    const world = ports(bookings);
    const first = await accepted(acceptBooking(alice, { key: 'k', request }, world));
    const [[name = '', input] = []] = [...world.saga.started];
    const run = BookingRunInput.parse(input);
    bookings['trip-1'] = aBooking({
      execution_id: name,
      startedAt: `${run.started_at}#${name}`,
      paymentToken: run.payment_token,
      createdAt: run.started_at,
      run: keptRunOf(run),
      ...header,
    });
    world.saga.forget(name);
    const again = (changes: Partial<BookingRequest> = {}) =>
      acceptBooking(alice, { key: 'k', request: { ...request, ...changes } }, world);
    return { world, bookings, first, name, again, forgetRequest: () => world.requests.kept.clear() };
  }

  it.each(bookingStatuses)(
    'given that its booking is %s, then the kept answer comes again, and nothing is started or announced',
    async (status) => {
      const { world, first, again } = await aForgottenRun({ status });
      for (let repetition = 0; repetition < 2; repetition += 1) {
        expect(JSON.stringify(await accepted(again()))).toBe(JSON.stringify(first));
      }
      expect(world.saga.runs).toHaveLength(1);
      expect(world.requests.announced).toEqual(['trip-1']);
    },
  );

  it('given that the id was booked again since, then nothing is started either', async () => {
    const { world, first, again } = await aForgottenRun({
      execution_id: 'trip-1.later',
      startedAt: '2027-01-01T00:00:00.000Z#trip-1.later',
    });
    expect(await accepted(again())).toEqual(first);
    expect([world.saga.runs.length, world.requests.announced.length]).toEqual([1, 1]);
  });

  it('given that the run was lost before it opened the booking, then it is started again', async () => {
    const { world, bookings, first, name, again } = await aForgottenRun();
    delete bookings['trip-1'];
    expect(await accepted(again())).toEqual(first);
    expect(world.saga.runs).toEqual([name, name]);
  });

  it("given that another customer's booking has the id, then its run is refused by the saga, as the first one was", async () => {
    const { world, name, again } = await aForgottenRun({ customer: 'mallory', execution_id: 'trip-1.mallory' });
    await accepted(again());
    expect(world.saga.runs).toEqual([name, name]);
  });

  it.each(bookingStatuses)(
    'given that the request is forgotten, too, and its booking is %s, then that is told as it stands',
    async (status) => {
      const { world, bookings, again, forgetRequest } = await aForgottenRun({ status });
      forgetRequest();
      await expect(again()).resolves.toEqual({
        kind: 'standing',
        booking: bookings['trip-1'],
        price: { amount: '350.00', currency: 'USD' },
      });
      expect([world.saga.runs.length, world.requests.kept.size, world.requests.announced.length]).toEqual([1, 0, 1]);
    },
  );

  it('given an id of the service’s own, then it is found by its key, too', async () => {
    const bookings: Record<string, Booking> = {};
    const world = ports(bookings);
    const { id } = await accepted(acceptBooking(alice, { key: 'k', request: aRequest() }, world));
    const [name = ''] = world.saga.runs;
    bookings[id] = aBooking({ id, execution_id: name, paymentToken: 'token-1', run: {} });
    world.saga.forget(name);
    world.requests.kept.clear();
    await expect(acceptBooking(alice, { key: 'k', request: aRequest() }, world)).resolves.toMatchObject({
      kind: 'standing',
      booking: { id },
    });
    expect(world.saga.runs).toEqual([name]);
  });

  it('given a header of an older release, then the price is left out', async () => {
    const { again, bookings, forgetRequest } = await aForgottenRun();
    const { run, ...header } = bookings['trip-1'] as Booking;
    bookings['trip-1'] = header;
    forgetRequest();
    await expect(again()).resolves.toEqual({ kind: 'standing', booking: header });
  });

  it.each<[string, Partial<BookingRequest>]>([
    ['token', { paymentToken: 'other' }],
    ['flight', { outboundFlightId: 'other' }],
    ['hotel', { hotel: { ...request.hotel, hotel: 'palace' } as never }],
    ['set of legs', { hotel: undefined }],
    ['car', { rental: { rental: 'Volvo', rentalFrom: '2021-07-10T00:00:00Z', rentalTo: '2021-07-11T00:00:00Z' } }],
  ])('given a forgotten request and another %s under its key, then it is refused', async (_, changes) => {
    const { world, again, forgetRequest } = await aForgottenRun();
    forgetRequest();
    await expect(again(changes)).rejects.toMatchObject({ name: 'IdempotencyConflictError' });
    expect(world.saga.runs).toHaveLength(1);
  });
});

describe('the start of a booking that is made again', () => {
  it.each([
    ['the clock that started the cancelled one was ahead', '2026-03-01T10:00:05.000Z', '2026-03-01T10:00:05.001Z'],
    ['the two are started in one millisecond', '2026-03-01T10:00:00.000Z', '2026-03-01T10:00:00.001Z'],
    ['clocks agree', '2026-02-28T10:00:00.000Z', '2026-03-01T10:00:00.000Z'],
  ])('given that %s, then it is later than that of the cancelled one', async (_, cancelled, expected) => {
    const startedAt = `${cancelled}#trip-1.other`;
    const world = ports({ 'trip-1': aBooking({ status: 'CANCELLED', startedAt }) });
    await acceptBooking(alice, { key: 'k', request: aRequest({ id: 'trip-1' }) }, world);
    const [input] = world.saga.started.values();
    expect(input?.started_at).toBe(expected);
    expect(startedAtOf(BookingRunInput.parse(input)) > startedAt).toBe(true);
  });

  it("is the clock's own where the cancelled one is another customer's", async () => {
    const startedAt = '2026-03-01T10:00:05.000Z#trip-1.other';
    const world = ports({ 'trip-1': aBooking({ status: 'CANCELLED', startedAt, customer: 'bob' }) });
    await acceptBooking(alice, { key: 'k', request: aRequest({ id: 'trip-1' }) }, world);
    expect([...world.saga.started.values()]).toMatchObject([{ started_at: '2026-03-01T10:00:00.000Z' }]);
  });
});

it.each<[string, { key?: string; id?: string }, string[]]>([
  ['a new request', {}, ['requests.find', 'flights.get', 'requests.storeFirst', 'saga.start', 'requests.putPending']],
  [
    'a new request with a key',
    { key: 'k' },
    ['bookings.header', 'requests.find', 'flights.get', 'requests.storeFirst', 'saga.start', 'requests.putPending'],
  ],
  [
    'a new request with an id',
    { id: 'trip-1' },
    [
      'bookings.header',
      'requests.find',
      'flights.get',
      'bookings.get',
      'requests.storeFirst',
      'saga.start',
      'requests.putPending',
    ],
  ],
])('%s costs these calls', async (_, { key, id }, expected) => {
  const world = ports();
  const calls: Recorded[] = [];
  const watched = {
    ...world,
    bookings: recorded('bookings', world.bookings, calls),
    requests: recorded('requests', world.requests, calls),
    flights: recorded('flights', world.flights, calls),
    saga: recorded('saga', world.saga, calls),
  };
  await acceptBooking(alice, { key, request: aRequest({ id }) }, watched);
  expect(callsOf(calls)).toEqual(expected);
});
