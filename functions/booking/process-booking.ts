import { randomUUID } from 'node:crypto';
import type { Caller } from '#functions/api/caller.ts';
import type { Clock } from '#functions/shared/clock.ts';
import { fingerprintOf } from '#functions/shared/fingerprint.ts';
import type { SagaStarter } from '#functions/shared/saga-starter.ts';
import type { RunType } from '#schema/run-types.ts';
import type { BookingRunInput } from '#schema/saga-input.ts';
import { assertBookable } from './bookable-run.ts';
import { BookingIdInUseError, IdempotencyConflictError, UnknownFlightError } from './booking-errors.ts';
import { type BookingIdentity, type BookingKey, bookingIdentity } from './booking-identity.ts';
import { customerOf, visibleTo } from './booking-policy.ts';
import type { BookingReader } from './booking-reader.ts';
import { type CarRental, type HotelStay, quote } from './quote.ts';
import type { RequestStore } from './request-store.ts';
import { startOnce } from './start-once.ts';

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

export interface ProcessBookingPorts {
  readonly flights: { get(id: string): Promise<BookableFlight | undefined> };
  readonly requests: RequestStore;
  readonly bookings: Pick<BookingReader, 'get'>;
  readonly saga: SagaStarter;
  readonly now: Clock;
}

/** The answer to an accepted request: the same at every repetition, however the booking stands by then. */
export interface AcceptedBooking {
  readonly id: string;
  readonly status: 'UNCONFIRMED';
  readonly outboundFlightId: string;
  readonly paymentToken: string;
  readonly customer: string;
  readonly checkedIn: false;
  readonly createdAt: string;
  readonly price: { readonly amount: string; readonly currency: string };
}

/**
 * Accepts a booking once, however often and from however many sides it is asked for under one key: the first request is
 * kept before the saga is started, and every one starts the saga with what was kept, under a name that is derived from
 * the key. So one that died in between is healed by its repetition.
 * @param key the client's idempotency key, or what stands for it; without one every call is a booking of its own
 * @throws IdempotencyConflictError, UnknownFlightError, InvalidBookingRequestError, BookingIdInUseError
 */
export async function processBooking(
  caller: Caller,
  { key = randomUUID(), request }: { readonly key?: BookingKey | undefined; readonly request: BookingRequest },
  ports: ProcessBookingPorts,
): Promise<AcceptedBooking> {
  const identity = bookingIdentity(customerOf(caller), key);
  const fingerprint = fingerprintOf(request);
  const kept =
    (await ports.requests.find(identity.hash)) ??
    (await ports.requests.keep(identity.hash, { fingerprint, run: await newRun(caller, identity, request, ports) }));
  if (kept.fingerprint !== fingerprint) throw new IdempotencyConflictError(typeof key === 'string' ? undefined : 'id');
  await startOnce(ports.saga, kept.run.execution_id, kept.run);
  // After the start: what is shown as being made must not be a request that died before.
  await ports.requests.announce(kept.run);
  return acceptedAnswer(kept.run);
}

async function newRun(
  caller: Caller,
  { bookingId, suffix }: BookingIdentity,
  request: BookingRequest,
  { flights, bookings, now }: ProcessBookingPorts,
): Promise<BookingRunInput> {
  const flight = await flights.get(request.outboundFlightId);
  if (flight === undefined) throw new UnknownFlightError();
  const price = quote({ flight, hotel: request.hotel, rental: request.rental });
  const tripId = request.id ?? bookingId;
  const executionId = `${tripId}.${suffix}`;
  // An id that is derived from the key can be nobody else's.
  if (request.id !== undefined) await assertFree(caller, request.id, executionId, bookings);
  const run: BookingRunInput = {
    trip_id: tripId,
    execution_id: executionId,
    started_at: now(),
    customer: customerOf(caller),
    outbound_flight_id: request.outboundFlightId,
    depart: flight.departureCity || flight.departureAirportCode,
    depart_at: flight.departureDate,
    arrive: flight.arrivalCity || flight.arrivalAirportCode,
    arrive_at: flight.arrivalDate || flight.departureDate,
    ...hotelFields(request.hotel),
    ...rentalFields(request.rental),
    payment_token: request.paymentToken,
    ...price,
    ...(request.runType === undefined ? {} : { run_type: request.runType }),
    ...(request.cancelFailureRate === undefined ? {} : { cancel_failure_rate: request.cancelFailureRate }),
  };
  assertBookable(run);
  return run;
}

/** Another customer's booking under the id is left to the saga, which refuses it: here it does not exist. */
async function assertFree(
  caller: Caller,
  id: string,
  executionId: string,
  bookings: ProcessBookingPorts['bookings'],
): Promise<void> {
  const present = visibleTo(caller, await bookings.get(id, caller));
  // This run's own booking is there where the same request came twice at once.
  if (present === undefined || present.execution_id === executionId || present.status === 'CANCELLED') return;
  throw new BookingIdInUseError(present.status);
}

const hotelFields = (stay: HotelStay | undefined) =>
  stay && { hotel: stay.hotel, check_in: stay.checkIn, check_out: stay.checkOut };

const rentalFields = (car: CarRental | undefined) =>
  car && { rental: car.rental, rental_from: car.rentalFrom, rental_to: car.rentalTo };

function acceptedAnswer(run: BookingRunInput): AcceptedBooking {
  return {
    id: run.trip_id,
    status: 'UNCONFIRMED',
    outboundFlightId: run.outbound_flight_id,
    paymentToken: run.payment_token,
    customer: run.customer,
    checkedIn: false,
    createdAt: run.started_at,
    price: { amount: run.amount, currency: run.currency },
  };
}
