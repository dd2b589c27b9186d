import type { Booking } from '#functions/booking/booking.ts';
import { customerOf, visibleTo } from '#functions/booking/booking-policy.ts';
import type { BookingReader } from '#functions/booking/reading/booking-reader.ts';
import type { Clock } from '#functions/shared/clock.ts';
import type { Caller } from '#functions/shared/http/caller.ts';
import type { SagaStarter } from '#functions/shared/saga/saga-starter.ts';
import type { BookingRunInput } from '#functions/trip/run-input.ts';
import type { RunType } from '#functions/trip/run-types.ts';
import { BookingIdInUseError, UnknownFlightError } from './accepting-errors.ts';
import { assertBookable } from './bookable-run.ts';
import { type CarRental, type HotelStay, quote } from './quote.ts';
import { isOfRefusedRun } from './refused-run.ts';
import type { RequestStore } from './request-store.ts';

/** A validated request; the caller is the customer. */
export interface BookingRequest {
  /** The booking's id; one is derived from the idempotency key without it. */
  readonly id?: string | undefined;
  readonly outboundFlightId: string;
  readonly paymentToken: string;
  readonly hotel?: HotelStay | undefined;
  readonly rental?: CarRental | undefined;
  /** Stages with faults only. */
  readonly runType?: RunType | undefined;
  readonly cancelFailureRate?: number | undefined;
}

/** What a booking has to know of a flight. */
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

export interface NewRunPorts {
  readonly flights: { get(id: string): Promise<BookableFlight | undefined> };
  readonly bookings: Pick<BookingReader, 'get' | 'header'>;
  readonly requests: Pick<RequestStore, 'findByPending'>;
  readonly saga: SagaStarter;
  readonly now: Clock;
}

/** What the run will be called, and what stands under its trip's id already. */
export interface NewRun {
  readonly tripId: string;
  readonly executionId: string;
  readonly header: Booking | undefined;
  /** Runs that were accepted for the id and will never open it: what is shown of them does not take the id. */
  readonly refused?: readonly string[] | undefined;
}

/**
 * The saga's input for a request, at the price of now.
 * @throws UnknownFlightError, InvalidBookingRequestError, BookingIdInUseError
 */
export async function newRun(
  caller: Caller,
  request: BookingRequest,
  { tripId, executionId, header, refused = [] }: NewRun,
  ports: NewRunPorts,
): Promise<BookingRunInput> {
  const { flights, now } = ports;
  const flight = await flights.get(request.outboundFlightId);
  if (flight === undefined) throw new UnknownFlightError();
  const price = quote({ flight, hotel: request.hotel, rental: request.rental });
  // An id that is derived from the key belongs to this customer alone.
  if (request.id !== undefined)
    await assertFree(caller, request.id, { header, allowed: [executionId, ...refused] }, ports);
  const customer = customerOf(caller);
  const run: BookingRunInput = {
    trip_id: tripId,
    execution_id: executionId,
    started_at: header?.customer === customer ? laterThan(header, now()) : now(),
    customer,
    outbound_flight_id: request.outboundFlightId,
    depart: flight.departureCity || flight.departureAirportCode,
    depart_at: flight.departureDate,
    arrive: flight.arrivalCity || flight.arrivalAirportCode,
    arrive_at: flight.arrivalDate || flight.departureDate,
    ...legFields(request),
    payment_token: request.paymentToken,
    ...price,
    ...(request.runType === undefined ? {} : { run_type: request.runType }),
    ...(request.cancelFailureRate === undefined ? {} : { cancel_failure_rate: request.cancelFailureRate }),
  };
  assertBookable(run);
  return run;
}

/** Clocks of two hosts differ, and the saga lets only a later run take a cancelled booking's place. */
function laterThan({ startedAt }: Booking, now: string): string {
  const [cancelled = ''] = startedAt.split('#');
  return now > cancelled ? now : new Date(Date.parse(cancelled) + 1).toISOString();
}

/** Another customer's booking under the id is left to the saga, which refuses it: here it does not exist. */
async function assertFree(
  caller: Caller,
  id: string,
  { header, allowed }: { readonly header: Booking | undefined; readonly allowed: readonly string[] },
  ports: NewRunPorts,
): Promise<void> {
  const present = visibleTo(caller, await ports.bookings.get(id, caller));
  // This run's own booking is there where the same request came twice at once.
  if (present === undefined || allowed.includes(present.execution_id) || present.status === 'CANCELLED') return;
  if (header?.status === 'CANCELLED' && (await isOfRefusedRun(caller, present, ports))) return;
  throw new BookingIdInUseError(present.status);
}

/** The legs that are asked for, as the saga's input has them. */
export const legFields = ({ hotel, rental }: Pick<BookingRequest, 'hotel' | 'rental'>) => ({
  ...(hotel && { hotel: hotel.hotel, check_in: hotel.checkIn, check_out: hotel.checkOut }),
  ...(rental && { rental: rental.rental, rental_from: rental.rentalFrom, rental_to: rental.rentalTo }),
});
