import type { Caller } from '#functions/api/caller.ts';
import type { BookingReader } from '#functions/booking/booking-reader.ts';
import type { Booking } from '#functions/booking/booking-view.ts';
import type { BookingEditor } from '#functions/booking/edit-booking.ts';
import type { ProcessBookingPorts } from '#functions/booking/process-booking.ts';
import type { FlightCatalog } from '#functions/flight/flight-catalog.ts';
import type { LoyaltyReader } from '#functions/loyalty/loyalty-account.ts';
import type { Clock } from '#functions/shared/clock.ts';
import type { PageTokens } from '#functions/shared/page-token.ts';
import type { FlightLoader } from './flight-loader.ts';

/** What GraphQL's resolvers work with; the same for all requests. */
export interface GraphQlPorts {
  readonly bookings: BookingReader;
  readonly editor: BookingEditor;
  readonly flights: FlightCatalog;
  readonly loyalty: LoyaltyReader;
  readonly requests: ProcessBookingPorts['requests'];
  readonly saga: ProcessBookingPorts['saga'];
  readonly cancel: (caller: Caller, id: string) => Promise<Booking>;
  readonly tokens: PageTokens;
  readonly now: Clock;
}

/** What one request's resolvers know besides. */
export interface GraphQlContext {
  readonly caller: Caller;
  readonly ports: GraphQlPorts;
  readonly flightOf: FlightLoader;
}
