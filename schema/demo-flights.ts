import { demoFlightId } from './demo-request.ts';
import { newFlightItem } from './flight-item.ts';
import { maxFlightSeats, type NewFlight } from './new-flight.ts';

const london = {
  departureAirportCode: 'LGW',
  departureAirportName: 'London Gatwick',
  departureCity: 'London',
  departureLocale: 'Europe/London',
} as const;

const dublin = {
  arrivalAirportCode: 'DUB',
  arrivalAirportName: 'Dublin Airport',
  arrivalCity: 'Dublin',
  arrivalLocale: 'Europe/Dublin',
} as const;

const madrid = {
  arrivalAirportCode: 'MAD',
  arrivalAirportName: 'Adolfo Suárez Madrid–Barajas',
  arrivalCity: 'Madrid',
  arrivalLocale: 'Europe/Madrid',
} as const;

/** What a fresh stage with demo routes offers: the demo's flight, a few to choose from, one of them sold out. */
export const demoFlights: readonly NewFlight[] = [
  {
    id: demoFlightId,
    departureDate: '2021-07-10T06:00:00.000Z',
    ...london,
    arrivalDate: '2021-07-10T07:25:00.000Z',
    ...dublin,
    ticketPrice: 150,
    ticketCurrency: 'USD',
    flightNumber: 1810,
    // More than any airliner has: every demo call takes one, and a demo that sells out explains nothing.
    seatCapacity: maxFlightSeats,
  },
  {
    id: 'london-madrid-early',
    departureDate: '2021-07-10T05:30:00.000Z',
    ...london,
    arrivalDate: '2021-07-10T08:55:00.000Z',
    ...madrid,
    ticketPrice: 210,
    ticketCurrency: 'EUR',
    flightNumber: 1812,
    seatCapacity: 180,
  },
  {
    id: 'london-madrid-late',
    departureDate: '2021-07-10T18:10:00.000Z',
    ...london,
    arrivalDate: '2021-07-10T21:35:00.000Z',
    ...madrid,
    ticketPrice: 175,
    ticketCurrency: 'EUR',
    flightNumber: 1814,
    seatCapacity: 1,
  },
  {
    id: 'london-dublin-sold-out',
    departureDate: '2021-07-10T12:00:00.000Z',
    ...london,
    arrivalDate: '2021-07-10T13:25:00.000Z',
    ...dublin,
    ticketPrice: 99,
    ticketCurrency: 'USD',
    flightNumber: 1816,
    seatCapacity: 0,
  },
];

/** When they were put on sale: fixed, so that every synth is the same. */
const onSaleSince = '2021-01-01T00:00:00.000Z';

/** Their items. Their date is the example's: it is past, and they are sold, and audited, for ever. */
export const demoFlightItems = demoFlights.map((flight) =>
  newFlightItem(flight, { revision: 'demo', now: onSaleSince, seatAudit: 'always' }),
);
