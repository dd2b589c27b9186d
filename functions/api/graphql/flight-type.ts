import type { Flight } from '#functions/flight/flight-catalog.ts';

/** GraphQL's `Flight`, with the name that older clients have for its free seats. */
export const flightType = (flight: Flight): Flight & { readonly seatAllocation: number } => ({
  ...flight,
  seatAllocation: flight.seatCapacity,
});
