import type { BookingRunInput } from './run-input.ts';

/** The example's trip. */
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
