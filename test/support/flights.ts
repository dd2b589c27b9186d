import { randomUUID } from 'node:crypto';
import type { FlightAnswer } from '#schema/http/flights.ts';

/** A whole flight for the catalog, of the test's own. */
export const aNewFlight = (overrides: Partial<FlightAnswer> = {}): FlightAnswer => ({
  id: `test-${randomUUID()}`,
  departureDate: '2026-07-10T06:00:00.000Z',
  departureAirportCode: 'LGW',
  departureAirportName: 'London Gatwick',
  departureCity: 'London',
  departureLocale: 'Europe/London',
  arrivalDate: '2026-07-10T07:25:00.000Z',
  arrivalAirportCode: 'DUB',
  arrivalAirportName: 'Dublin Airport',
  arrivalCity: 'Dublin',
  arrivalLocale: 'Europe/Dublin',
  ticketPrice: 150,
  ticketCurrency: 'USD',
  flightNumber: 1810,
  seatCapacity: 10,
  ...overrides,
});
