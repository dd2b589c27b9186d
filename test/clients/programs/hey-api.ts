/** Books and cancels by the client that @hey-api/openapi-ts makes. `test/clients/main.ts` puts it beside that. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Booking } from './client';
import { cancelBooking, createBooking, createCharge, getBooking, listBookings, listFlights } from './client';
import { client } from './client/client.gen';

const { API_URL: baseUrl = '', TOKEN = '' } = process.env;
client.setConfig({ baseUrl, auth: TOKEN });
const orThrow = { throwOnError: true } as const;

async function bookingAt(id: string, status: Booking['status']): Promise<Booking> {
  for (;;) {
    const { data } = await getBooking({ path: { id }, ...orThrow });
    if (data.status === status) return data;
    if (data.status === 'CANCELLED') throw new Error(data.failureReason);
    await sleep(50);
  }
}

const { data: catalog } = await listFlights({ query: { limit: 100 }, ...orThrow });
const flight = catalog.items.find(({ id }) => id === 'demo-london-dublin');
assert.ok(flight);

const { data: charge } = await createCharge({
  body: { amount: 450, currency: flight.ticketCurrency, stripeToken: 'tok_visa' },
  ...orThrow,
});
const { data: accepted } = await createBooking({
  headers: { 'Idempotency-Key': randomUUID() },
  body: {
    outboundFlightId: flight.id,
    paymentToken: charge.createdCharge.id,
    hotel: { hotel: 'holiday inn', checkIn: '2026-07-10T12:00:00Z', checkOut: '2026-07-12T14:00:00Z' },
    rental: { rental: 'Volvo', rentalFrom: '2026-07-10T00:00:00Z', rentalTo: '2026-07-12T00:00:00Z' },
  },
  ...orThrow,
});
assert.equal(accepted.checkedIn, false);

const booking = await bookingAt(accepted.id, 'CONFIRMED');
assert.deepEqual([booking.price?.amount, booking.hotel?.hotel], ['450.00', 'holiday inn']);
const { data: list } = await listBookings({ query: { limit: 1 }, ...orThrow });
assert.equal(list.items[0]?.id, booking.id);

const { error } = await listFlights({ query: { departureDate: 'tomorrow' } });
assert.match(JSON.stringify(error), /must be a date such as/);

const { data: cancellation } = await cancelBooking({ path: { id: booking.id }, ...orThrow });
assert.equal(cancellation.status, 'CANCELLING');
await bookingAt(booking.id, 'CANCELLED');
