import type { Flight, FlightCatalog } from '#functions/flight/flight-catalog.ts';

export type FlightLoader = (id: string) => Promise<Flight>;

interface Waiting {
  readonly resolve: (flight: Flight) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Flights of one request: all that are asked for in a turn of the event loop are read at once, and none twice.
 * The one of a booking that the catalog does not have (any more) is told as unknown, since a booking has a flight.
 */
export function flightLoader(catalog: Pick<FlightCatalog, 'getMany'>): FlightLoader {
  const asked = new Map<string, Promise<Flight>>();
  let waiting = new Map<string, Waiting>();

  async function readWaiting(): Promise<void> {
    const batch = waiting;
    waiting = new Map();
    try {
      const flights = await catalog.getMany([...batch.keys()]);
      for (const [id, { resolve }] of batch) resolve(flights.get(id) ?? unknownFlight(id));
    } catch (error) {
      for (const { reject } of batch.values()) reject(error);
    }
  }

  return (id) => {
    const known = asked.get(id);
    if (known !== undefined) return known;
    if (waiting.size === 0) setImmediate(() => void readWaiting());
    const flight = new Promise<Flight>((resolve, reject) => waiting.set(id, { resolve, reject }));
    asked.set(id, flight);
    return flight;
  };
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
