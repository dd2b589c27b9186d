import * as z from 'zod/mini';
import { PageSize, PageToken } from './bookings.ts';

/** As IATA has them; test airports may have digits. */
const AirportCode = z.string().check(z.regex(/^[A-Z0-9]{3}$/));

/** Query string of `GET /flights`. */
export const FlightsQuery = z.strictObject({
  departureAirportCode: AirportCode,
  arrivalAirportCode: z.optional(AirportCode),
  departureDate: z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))),
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
