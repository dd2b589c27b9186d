import type { AcceptBookingPorts } from '#functions/booking/accepting/accept-booking.ts';
import type { Booking } from '#functions/booking/booking.ts';
import type { BookingEditor } from '#functions/booking/editing/edit-booking.ts';
import type { BookingReader } from '#functions/booking/reading/booking-reader.ts';
import type { FlightCatalog } from '#functions/flight/flight-catalog.ts';
import type { LoyaltyReader } from '#functions/loyalty/loyalty-account.ts';
import type { Clock } from '#functions/shared/clock.ts';
import type { Caller } from '#functions/shared/http/caller.ts';
import type { FlightLoader } from './flight-loader.ts';

/** What GraphQL's resolvers work with; the same for all requests. */
export interface GraphQlPorts {
  readonly bookings: BookingReader;
  readonly editor: BookingEditor;
  readonly flights: FlightCatalog;
  readonly loyalty: LoyaltyReader;
  readonly requests: AcceptBookingPorts['requests'];
  readonly saga: AcceptBookingPorts['saga'];
  readonly cancel: (caller: Caller, id: string) => Promise<Booking>;
  readonly now: Clock;
}

/** What one request's resolvers know besides. */
export interface GraphQlContext {
  readonly caller: Caller;
  readonly ports: GraphQlPorts;
  readonly flightOf: FlightLoader;
}
