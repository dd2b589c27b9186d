/** Books and cancels by the types that openapi-typescript makes. `test/clients/main.ts` puts it beside them. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import createClient from 'openapi-fetch';
import type { components, paths } from './api.d.ts';

type Booking = components['schemas']['Booking'];

const { API_URL: baseUrl = '', TOKEN = '' } = process.env;
const api = createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${TOKEN}` } });

async function bookingAt(id: string, status: Booking['status']): Promise<Booking> {
  for (;;) {
    const { data, error } = await api.GET('/bookings/{id}', { params: { path: { id } } });
    if (data === undefined) throw new Error(JSON.stringify(error));
    if (data.status === status) return data;
    if (data.status === 'CANCELLED') throw new Error(data.failureReason);
    await sleep(50);
  }
}

const { data: catalog } = await api.GET('/flights', { params: { query: { limit: 100 } } });
const flight = catalog?.items.find(({ id }) => id === 'demo-london-dublin');
assert.ok(flight);

const { data: charge } = await api.POST('/payments/charges', {
  body: { amount: 450, currency: flight.ticketCurrency, stripeToken: 'tok_visa' },
});
const { data: accepted } = await api.POST('/bookings', {
  params: { header: { 'Idempotency-Key': randomUUID() } },
  body: {
    outboundFlightId: flight.id,
    paymentToken: charge?.createdCharge.id ?? '',
    hotel: { hotel: 'holiday inn', checkIn: '2026-07-10T12:00:00Z', checkOut: '2026-07-12T14:00:00Z' },
    rental: { rental: 'Volvo', rentalFrom: '2026-07-10T00:00:00Z', rentalTo: '2026-07-12T00:00:00Z' },
  },
});
assert.ok(accepted);
assert.equal(accepted.checkedIn, false);

const booking = await bookingAt(accepted.id, 'CONFIRMED');
assert.deepEqual([booking.price?.amount, booking.hotel?.hotel], ['450.00', 'holiday inn']);
const { data: list } = await api.GET('/bookings', { params: { query: { limit: 1 } } });
assert.equal(list?.items[0]?.id, booking.id);

const refused = await api.GET('/flights', { params: { query: { departureDate: 'tomorrow' } } });
assert.match(refused.error && 'detail' in refused.error ? (refused.error.detail ?? '') : '', /must be a date such as/);

const { data: cancellation } = await api.DELETE('/bookings/{id}', { params: { path: { id: booking.id } } });
assert.equal(cancellation?.status, 'CANCELLING');
await bookingAt(booking.id, 'CANCELLED');
