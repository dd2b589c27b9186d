import { decimalAmount } from '#functions/shared/money/decimal-amount.ts';
import { InvalidBookingRequestError } from './accepting-errors.ts';

/** Prices of the legs in major units of the flight's currency; the example's trip comes to 450.00 USD with them. */
export const hotelPricePerNight = 100;
export const rentalPricePerDay = 50;

const longestStayDays = 365;
const dayMilliseconds = 24 * 3600 * 1000;

export interface HotelStay {
  readonly hotel: string;
  readonly checkIn: string;
  readonly checkOut: string;
}

export interface CarRental {
  readonly rental: string;
  readonly rentalFrom: string;
  readonly rentalTo: string;
}

/** What is priced; `ticketPrice` is in whole units of the currency. */
export interface Quotable {
  readonly flight: { readonly ticketPrice: number; readonly ticketCurrency: string };
  readonly hotel?: HotelStay | undefined;
  readonly rental?: CarRental | undefined;
}

/** The server's price of a trip; nothing of it comes from a client. @throws InvalidBookingRequestError on dates in the wrong order */
export function quote({ flight, hotel, rental }: Quotable): { readonly amount: string; readonly currency: string } {
  const nights = hotel === undefined ? 0 : nightsOf(hotel);
  const days = rental === undefined ? 0 : daysOf(rental);
  const amount = flight.ticketPrice + nights * hotelPricePerNight + days * rentalPricePerDay;
  return { amount: decimalAmount(amount), currency: flight.ticketCurrency };
}

/** Nights lie between calendar days: one from noon to the next morning, none from morning to evening. */
function nightsOf({ checkIn, checkOut }: HotelStay): number {
  const nights = (dayOf(checkOut) - dayOf(checkIn)) / dayMilliseconds;
  // Days are those of each place's clock: with another offset a later day can be an earlier time.
  const isAfter = Date.parse(checkOut) > Date.parse(checkIn);
  return within(isAfter ? nights : 0, 'hotel.checkOut', 'at least a day after hotel.checkIn');
}

/** Rentals are charged by started days. */
function daysOf({ rentalFrom, rentalTo }: CarRental): number {
  const days = Math.ceil((Date.parse(rentalTo) - Date.parse(rentalFrom)) / dayMilliseconds);
  return within(days, 'rental.rentalTo', 'after rental.rentalFrom');
}

function within(count: number, field: string, rule: string): number {
  if (count >= 1 && count <= longestStayDays) return count;
  throw new InvalidBookingRequestError(field, `must be ${rule}, and at most ${longestStayDays} days`);
}

const dayOf = (timestamp: string): number => Date.parse(timestamp.slice(0, 'YYYY-MM-DD'.length));
