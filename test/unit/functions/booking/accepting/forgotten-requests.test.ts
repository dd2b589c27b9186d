import { describe, expect, it } from '@jest/globals';
import { acceptBooking } from '#functions/booking/accepting/accept-booking.ts';
import type { Booking } from '#functions/booking/booking.ts';
import type { BookingRequest } from '#functions/trip/booking-request.ts';
import { demoSections } from '#functions/trip/demo-trip.ts';
import { keptRunOf } from '#functions/trip/kept-run.ts';
import { BookingRunInput } from '#functions/trip/run-input.ts';
import { bookingStatuses } from '#schema/saga-input.ts';
import { callsOf, type Recorded, recorded } from '#test/support/recording.ts';
import { aBooking, accepted, alice, aRequest, ports } from './accepting-setup.ts';

describe('a request that comes again after Step Functions has forgotten its run', () => {
  const request = aRequest({
    id: 'trip-1',
    hotel: demoSections.hotel,
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
    'given that the request is forgotten, too, and its booking is %s, then the answer has that status',
    async (status) => {
      const { world, bookings, again, forgetRequest } = await aForgottenRun({ status });
      forgetRequest();
      await expect(again()).resolves.toEqual({
        kind: 'standing',
        booking: bookings['trip-1'],
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

  it('given a header of an older release, then it is told as it is', async () => {
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
    ['car', { rental: { ...demoSections.rental, rentalTo: '2021-07-11T00:00:00Z' } }],
  ])('given a forgotten request and another %s under its key, then it is refused', async (_, changes) => {
    const { world, again, forgetRequest } = await aForgottenRun();
    forgetRequest();
    await expect(again(changes)).rejects.toMatchObject({ name: 'IdempotencyConflictError' });
    expect(world.saga.runs).toHaveLength(1);
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
