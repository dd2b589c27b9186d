/** What a booking has to know of a flight; `ticketPrice` is in whole units of the currency. */
export interface BookableFlight {
  readonly ticketPrice: number;
  readonly ticketCurrency: string;
  readonly departureAirportCode: string;
  readonly departureCity?: string | null | undefined;
  readonly departureDate: string;
  readonly arrivalAirportCode: string;
  readonly arrivalCity?: string | null | undefined;
  readonly arrivalDate?: string | null | undefined;
}
