import { expect } from '@jest/globals';
import type { AcceptedBooking, acceptBooking } from '#functions/booking/accepting/accept-booking.ts';
import type { Booking } from '#functions/booking/booking.ts';
import type { BookableFlight } from '#functions/trip/bookable-flight.ts';
import type { BookingRequest } from '#functions/trip/booking-request.ts';
import { memoryMachine } from '#test/support/memory-machine.ts';
import { memoryRequests } from '#test/support/memory-requests.ts';

export const alice = { sub: 'alice', isAdmin: false };

export const bob = { sub: 'bob', isAdmin: false };

export const flight: BookableFlight = {
  ticketPrice: 150,
  ticketCurrency: 'USD',
  departureAirportCode: 'LGW',
  departureCity: 'London',
  departureDate: '2021-07-10T06:00:00.000Z',
  arrivalAirportCode: 'DUB',
  arrivalCity: 'Dublin',
  arrivalDate: '2021-07-10T07:25:00.000Z',
};

export const aRequest = (overrides: Partial<BookingRequest> = {}): BookingRequest => ({
  outboundFlightId: 'demo-london-dublin',
  paymentToken: 'token-1',
  ...overrides,
});

/** The accepted booking, of either kind of answer. */
export const accepted = async (processed: ReturnType<typeof acceptBooking>) => {
  const { kind, booking } = await processed;
  expect(kind).toBe('accepted');
  return booking as AcceptedBooking;
};

export function ports(bookings: Record<string, Booking> = {}) {
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

export const aBooking = (overrides: Partial<Booking>): Booking => ({
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
