import { describe, expect, it } from '@jest/globals';
import { acceptBooking } from '#functions/booking/accepting/accept-booking.ts';
import { startedAtOf } from '#functions/booking/steps/header-store.ts';
import { BookingRunInput } from '#functions/trip/run-input.ts';
import { aBooking, alice, aRequest, bob, flight, ports } from './accepting-setup.ts';

describe('acceptBooking of an id or a flight of its own', () => {
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
