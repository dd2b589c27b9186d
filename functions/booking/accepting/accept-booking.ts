import { randomUUID } from 'node:crypto';
import type { Booking } from '#functions/booking/booking.ts';
import { customerOf } from '#functions/booking/booking-policy.ts';
import { startedAtOf } from '#functions/booking/steps/header-store.ts';
import type { Caller } from '#functions/shared/http/caller.ts';
import { fingerprintOf } from '#functions/shared/http/fingerprint.ts';
import { startOnce } from '#functions/shared/saga/start-once.ts';
import type { BookingRequest } from '#functions/trip/booking-request.ts';
import { type KeptRun, keptRunOf } from '#functions/trip/kept-run.ts';
import type { Quote } from '#functions/trip/quote.ts';
import type { BookingRunInput } from '#functions/trip/run-input.ts';
import { requestedFields, requestedValues } from '#functions/trip/trip-values.ts';
import { IdempotencyConflictError } from './accepting-errors.ts';
import { type BookingKey, bookingIdentity, suffixAfter } from './idempotency-key.ts';
import { type NewRunPorts, newRun } from './new-run.ts';
import type { RequestStore } from './request-store.ts';

export interface AcceptBookingPorts extends NewRunPorts {
  readonly requests: RequestStore;
}

/** The answer to an accepted request. Every retry gets the same answer, even after the booking has changed. */
export interface AcceptedBooking {
  readonly id: string;
  readonly status: 'UNCONFIRMED';
  readonly outboundFlightId: string;
  readonly paymentToken: string;
  readonly customer: string;
  readonly checkedIn: false;
  readonly createdAt: string;
  readonly price: Quote;
}

export type AcceptOutcome =
  | { readonly kind: 'accepted'; readonly booking: AcceptedBooking; readonly run: KeptRun }
  /** The stored request has expired but its booking exists: the answer is the booking as it is now. */
  | { readonly kind: 'standing'; readonly booking: Booking };

/**
 * Accepts a booking once per idempotency key, however often and concurrently the request comes. The first request is stored
 * before the saga is started. Every request starts the saga with the stored input, under an execution name that is derived
 * from the key and from the previous run of the id, so a retry completes a request that died in between. Step Functions
 * forgets names and the table forgets requests, but headers stay: where the header shows that the run has taken place,
 * nothing is started, and no later run gets its name.
 * @param key the client's idempotency key, or what stands for it; without one every call is a booking of its own
 * @param refused runs under the request's id that will never open it
 * @throws IdempotencyConflictError, UnknownFlightError, InvalidBookingRequestError, BookingIdInUseError
 */
export async function acceptBooking(
  caller: Caller,
  {
    key,
    request,
    refused,
  }: {
    readonly key?: BookingKey | undefined;
    readonly request: BookingRequest;
    readonly refused?: readonly string[] | undefined;
  },
  ports: AcceptBookingPorts,
): Promise<AcceptOutcome> {
  const { requests, bookings, saga } = ports;
  const customer = customerOf(caller);
  const usedKey = key ?? randomUUID();
  const { hash, bookingId, suffix } = bookingIdentity(customer, usedKey);
  const tripId = request.id ?? bookingId;
  const nameAfter = (before: string | undefined) =>
    `${tripId}.${before === undefined ? suffix : suffixAfter(customer, usedKey, before)}`;
  const conflict = () => new IdempotencyConflictError(Array.isArray(key) ? 'id' : undefined);
  // A new id has no header. Otherwise the header is read before the request. A request is stored before its run opens the
  // header, so a header without its request means that the request has expired, not that it is still on its way.
  const isNew = key === undefined && request.id === undefined;
  const header = isNew ? undefined : await bookings.header(tripId);
  const found = await requests.find(hash);
  const isOwn = [undefined, header?.replaces].some((before) => header?.execution_id === nameAfter(before));
  // A booking that its customer has deleted counts as missing, and its id is free.
  if (found === undefined && header !== undefined && isOwn && !header.hidden) {
    if (!asksFor(request, header)) throw conflict();
    return { kind: 'standing', booking: header };
  }
  const fingerprint = fingerprintOf(request);
  const after = header?.execution_id;
  const executionId = nameAfter(after);
  const kept =
    found ??
    (await requests.storeFirst(hash, {
      fingerprint,
      run: await newRun(caller, request, { tripId, executionId, header, refused }, ports),
      after,
    }));
  if (kept.fingerprint !== fingerprint) throw conflict();
  if (!hasBeen(kept.run, header) && (await startOnce(saga, kept.run.execution_id, kept.run))) {
    // After the start: a request that died before the start must not be shown as a booking in progress.
    await requests.putPending(kept.run, { request: hash, after: kept.after });
  }
  return { kind: 'accepted', booking: acceptedAnswer(kept.run), run: keptRunOf(kept.run) };
}

/**
 * Whether the header shows that the run is over: the header is the run's own, or belongs to a later booking of the same
 * customer. A second run of its name would be refused.
 */
function hasBeen(run: BookingRunInput, header: Booking | undefined): boolean {
  if (header === undefined) return false;
  if (header.execution_id === run.execution_id) return true;
  return header.customer === run.customer && header.startedAt > startedAtOf(run);
}

/** As far as the header tells: one of an older release knows flight and payment alone. */
function asksFor(request: BookingRequest, { outboundFlightId, paymentToken, run }: Booking): boolean {
  if (outboundFlightId !== request.outboundFlightId || paymentToken !== request.paymentToken) return false;
  if (run === undefined) return true;
  const booked: Readonly<Record<string, unknown>> = run;
  const asked = Object.fromEntries(requestedFields.map((field) => [field, booked[field]]));
  return fingerprintOf(requestedValues(request)) === fingerprintOf(asked);
}

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
