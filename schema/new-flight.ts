import * as z from 'zod/mini';
import { messageText } from './message-text.ts';
import { largestAmount } from './saga-input.ts';

/**
 * Free and held seats of a flight together. The holds are in the flight's item, up to 63 bytes each, and every write of the
 * item pays for all of them: with a thousand a seat costs 64 write units, and one flight sells some 15 seats a second.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html
 */
export const maxFlightSeats = 1_000;

/** A character may take four bytes of the 1,024 that DynamoDB admits in the shorter keys. */
const maxTextCharacters = 250;
/** GraphQL's `Int`. */
const wholeNumber = () => z.int().check(z.gte(-(2 ** 31)), z.lte(2 ** 31 - 1));

const text = () => z.string().check(z.maxLength(maxTextCharacters), messageText);
/** Part of a key of the table or of an index, which DynamoDB wants filled. */
const keyText = () => z.string().check(z.minLength(1), z.maxLength(maxTextCharacters), messageText);

const withoutSeparator = z.refine((code) => !(code as string).includes('#'), {
  message: 'must not contain "#", which separates it from the date in the index',
});
/** Sorted in the index by their text, so the year comes first; what follows the day is the Admin's, as the sample has it. */
const beginsWithDay = z.refine((date) => dayOf(date as string) !== undefined, {
  message: 'must be a date or date and time of ISO 8601, like 2021-07-10T06:00:00.000Z',
});
const currencyCode = z.refine((code) => /^[A-Z]{3}$/.test(code as string), {
  message: "must be a currency's three capital letters",
});

/** The day that a date begins with; undefined where it begins with none that the calendar has. */
function dayOf(date: string): string | undefined {
  const day = /^(\d{4}-\d{2}-\d{2})(?:T|$)/.exec(date)?.[1];
  if (day === undefined) return undefined;
  const parsed = new Date(`${day}T00:00:00Z`);
  // JavaScript takes 30 February for the first days of March.
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day) ? day : undefined;
}

/**
 * A new flight of the catalog, from every source. A flight that breaks these rules could be neither found nor booked.
 * `ticketPrice` in whole units of `ticketCurrency`.
 */
export const NewFlight = z.strictObject({
  id: keyText(),
  departureDate: keyText().check(beginsWithDay),
  departureAirportCode: keyText(),
  departureAirportName: text(),
  departureCity: text(),
  departureLocale: text(),
  arrivalDate: text().check(beginsWithDay),
  arrivalAirportCode: keyText().check(withoutSeparator),
  arrivalAirportName: text(),
  arrivalCity: text(),
  arrivalLocale: text(),
  ticketPrice: z.int().check(z.gte(0), z.lte(largestAmount)),
  ticketCurrency: text().check(currencyCode),
  flightNumber: wholeNumber(),
  seatCapacity: z.int().check(z.gte(0), z.lte(maxFlightSeats)),
});
export type NewFlight = z.infer<typeof NewFlight>;
