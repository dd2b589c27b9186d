import DataLoader from 'dataloader';
import type { Flight, FlightCatalog } from '#functions/flight/flight-catalog.ts';

export type FlightLoader = (id: string) => Promise<Flight>;

/**
 * Flights of one request: all that are asked for in a turn of the event loop are read at once, and none twice.
 * The one of a booking that the catalog does not have (any more) is told as unknown, since a booking has a flight.
 */
export function flightLoader(catalog: Pick<FlightCatalog, 'getMany'>): FlightLoader {
  const flights = new DataLoader<string, Flight>(
    async (ids) => {
      const found = await catalog.getMany(ids);
      return ids.map((id) => found.get(id) ?? unknownFlight(id));
    },
    // The bookings of several lists of one request are read side by side, and their flights may still go together.
    { batchScheduleFn: setImmediate },
  );
  return (id) => flights.load(id);
}

/** Front-ends compute with dates and time zones, so the fields hold what they can: nothing, at a place in no country. */
export function unknownFlight(id: string): Flight {
  const never = '1970-01-01T00:00:00.000Z';
  const place = { code: '---', name: 'Unknown', city: 'Unknown', locale: 'Etc/UTC' };
  return {
    id,
    departureDate: never,
    departureAirportCode: place.code,
    departureAirportName: place.name,
    departureCity: place.city,
    departureLocale: place.locale,
    arrivalDate: never,
    arrivalAirportCode: place.code,
    arrivalAirportName: place.name,
    arrivalCity: place.city,
    arrivalLocale: place.locale,
    ticketPrice: 0,
    ticketCurrency: 'XXX',
    flightNumber: 0,
    seatCapacity: 0,
    createdAt: never,
    updatedAt: never,
  };
}
