import * as z from 'zod/mini';
import { day, worded } from '../worded.ts';
import { PageSize, PageToken } from './bookings.ts';

/** As IATA has them; test airports may have digits. */
const airportCode = () => worded(/^[A-Z0-9]{3}$/, "must be an airport's three capital letters or digits such as LGW");

/** Query string of `GET /flights`; without any of them, the whole catalog. */
export const FlightsQuery = z.strictObject({
  departureAirportCode: z.optional(airportCode()),
  arrivalAirportCode: z.optional(airportCode()),
  departureDate: z.optional(day()),
  limit: z.optional(PageSize),
  nextToken: z.optional(PageToken),
});
export type FlightsQuery = z.infer<typeof FlightsQuery>;

/** A flight of the catalog: `ticketPrice` in whole units of `ticketCurrency`, `seatCapacity` the seats that are still free. */
export const FlightAnswer = z.object({
  id: z.string(),
  departureDate: z.string(),
  departureAirportCode: z.string(),
  departureAirportName: z.string(),
  departureCity: z.string(),
  departureLocale: z.string(),
  arrivalDate: z.string(),
  arrivalAirportCode: z.string(),
  arrivalAirportName: z.string(),
  arrivalCity: z.string(),
  arrivalLocale: z.string(),
  ticketPrice: z.int(),
  ticketCurrency: z.string(),
  flightNumber: z.int(),
  seatCapacity: z.int(),
});
export type FlightAnswer = z.infer<typeof FlightAnswer>;

/** Answer of `GET /flights`. */
export const FlightList = z.object({ items: z.array(FlightAnswer), nextToken: z.optional(PageToken) });
