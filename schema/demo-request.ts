import type { BookingRunInput } from './saga-input.ts';

/** The demo routes' fixed trip, as in the seed example. */
export const demoTripId = '5c12d94a-ee6a-40d9-889b-1d49142248b7';

export const demoTrip = {
  depart: 'London',
  depart_at: '2021-07-10T06:00:00.000Z',
  arrive: 'Dublin',
  arrive_at: '2021-07-12T08:00:00.000Z',
  hotel: 'holiday inn',
  check_in: '2021-07-10T12:00:00.000Z',
  check_out: '2021-07-12T14:00:00.000Z',
  rental: 'Volvo',
  rental_from: '2021-07-10T00:00:00.000Z',
  rental_to: '2021-07-12T00:00:00.000Z',
} as const satisfies Partial<BookingRunInput>;

/** What the example's trip costs; quoted by the server, never taken from a client. */
export const demoPrice = { amount: '450.00', currency: 'USD' } as const;

/** The flight that the demo's seats come from, and the customer that it books for. */
export const demoFlightId = 'demo-london-dublin';
export const demoCustomer = 'demo';

/** A card of Stripe's test mode, which the built-in ledger takes as well. */
export const demoCardToken = 'tok_visa';

export const demoMessages = {
  accepted: 'The holiday booking system is processing your order',
  failed: 'There was an error',
} as const;
