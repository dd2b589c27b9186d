import { describe, expect, it } from '@jest/globals';
import type { Caller } from '#functions/shared/http/caller.ts';
import { demoPrice, demoSections, demoTrip } from '#functions/trip/demo-trip.ts';
import { keptRunOf } from '#functions/trip/kept-run.ts';
import { putBooking } from '#test/support/graphql-service.ts';
import { aTrip } from '#test/support/trips.ts';
import { admin, customer, service, table } from './bookings-setup.ts';

describe('getBooking', () => {
  const query =
    'query ($id: ID!) { getBooking(id: $id) { id status paymentToken checkedIn customer createdAt bookingReference updatedAt } }';

  it('gives the booking to its owner and to Admins, and to others the answer for a missing one', async () => {
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

  const booked = `query ($id: ID!) { getBooking(id: $id) {
    price { amount currency } hotel { hotel checkIn checkOut } flight { depart departAt arrive arriveAt }
    rental { rental rentalFrom rentalTo } } }`;

  it('tells price and legs, as far as the header has kept them', async () => {
    const alice = customer();
    const kept = keptRunOf(aTrip({ ...demoTrip, ...demoPrice }));
    const { rental, rental_from, rental_to, ...withoutCar } = kept;
    const { hotel, rental: car } = demoSections;
    const { depart, depart_at: departAt, arrive, arrive_at: arriveAt } = demoTrip;
    const flight = { depart, departAt, arrive, arriveAt };
    const none = { price: null, hotel: null, flight: null, rental: null };
    for (const [run, seen] of [
      [kept, { price: demoPrice, hotel, flight, rental: car }],
      [withoutCar, { price: demoPrice, hotel, flight, rental: null }],
      [undefined, none],
    ] as const) {
      const { id } = await putBooking(table, { customer: alice.sub, ...(run === undefined ? {} : { run }) });
      expect(await service.ask(alice, booked, { id })).toEqual({ data: { getBooking: seen } });
    }
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
