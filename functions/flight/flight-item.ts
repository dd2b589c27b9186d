import { flightCatalogFields } from '#schema/table.ts';
import type { Flight } from './flight-catalog.ts';

/** What a reader of flights needs: not `seatHolds`, which on a popular flight outweighs all the rest. */
export const flightAttributes = [...flightCatalogFields, 'seatCapacity', 'createdAt', 'updatedAt'] as const;

/** Of flights that were written before the catalog kept its times. */
const unknownTime = '1970-01-01T00:00:00.000Z';

export function flightOf(item: Readonly<Record<string, unknown>>): Flight {
  const text = (name: keyof Flight, otherwise = '') => String(item[name] ?? otherwise);
  const whole = (name: keyof Flight) => Number(item[name] ?? 0);
  return {
    id: text('id'),
    departureDate: text('departureDate'),
    departureAirportCode: text('departureAirportCode'),
    departureAirportName: text('departureAirportName'),
    departureCity: text('departureCity'),
    departureLocale: text('departureLocale'),
    arrivalDate: text('arrivalDate'),
    arrivalAirportCode: text('arrivalAirportCode'),
    arrivalAirportName: text('arrivalAirportName'),
    arrivalCity: text('arrivalCity'),
    arrivalLocale: text('arrivalLocale'),
    ticketPrice: whole('ticketPrice'),
    ticketCurrency: text('ticketCurrency'),
    flightNumber: whole('flightNumber'),
    seatCapacity: whole('seatCapacity'),
    createdAt: text('createdAt', unknownTime),
    updatedAt: text('updatedAt', unknownTime),
  };
}
