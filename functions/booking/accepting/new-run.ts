import type { Booking } from '#functions/booking/booking.ts';
import { customerOf, visibleTo } from '#functions/booking/booking-policy.ts';
import type { BookingReader } from '#functions/booking/reading/booking-reader.ts';
import type { Clock } from '#functions/shared/clock.ts';
import type { Caller } from '#functions/shared/http/caller.ts';
import type { SagaStarter } from '#functions/shared/saga/saga-starter.ts';
import type { BookableFlight } from '#functions/trip/bookable-flight.ts';
import type { BookingRequest } from '#functions/trip/booking-request.ts';
import type { BookingRunInput } from '#functions/trip/run-input.ts';
import { tripValues } from '#functions/trip/trip-values.ts';
import { BookingIdInUseError, UnknownFlightError } from './accepting-errors.ts';
import { assertBookable } from './bookable-run.ts';
import { quote } from './quote.ts';
import { isOfRefusedRun } from './refused-run.ts';
import type { RequestStore } from './request-store.ts';

export interface NewRunPorts {
  readonly flights: { get(id: string): Promise<BookableFlight | undefined> };
  readonly bookings: Pick<BookingReader, 'get' | 'header'>;
  readonly requests: Pick<RequestStore, 'findByPending'>;
  readonly saga: SagaStarter;
  readonly now: Clock;
}

/** The name of the run, and the header that the trip's id has already. */
export interface NewRun {
  readonly tripId: string;
  readonly executionId: string;
  readonly header: Booking | undefined;
  /** Accepted runs that will never open the id: their pending bookings do not block it. */
  readonly refused?: readonly string[] | undefined;
}

/**
 * The saga's input for a request, at the current price.
 * @throws UnknownFlightError, InvalidBookingRequestError, BookingIdInUseError
 */
export async function newRun(
  caller: Caller,
  request: BookingRequest,
  { tripId, executionId, header, refused = [] }: NewRun,
  ports: NewRunPorts,
): Promise<BookingRunInput> {
  const { flights, now } = ports;
  const { id, outboundFlightId, paymentToken, runType, cancelFailureRate, ...sections } = request;
  const flight = await flights.get(outboundFlightId);
  if (flight === undefined) throw new UnknownFlightError();
  const price = quote({ flight, ...sections });
  // An id that is derived from the key belongs to this customer alone.
  if (id !== undefined) await assertFree(caller, id, { header, allowed: [executionId, ...refused] }, ports);
  const customer = customerOf(caller);
  const run: BookingRunInput = {
    trip_id: tripId,
    execution_id: executionId,
    started_at: header?.customer === customer ? laterThan(header, now()) : now(),
    customer,
    outbound_flight_id: outboundFlightId,
    ...tripValues(flight, sections),
    payment_token: paymentToken,
    ...price,
    ...(runType === undefined ? {} : { run_type: runType }),
    ...(cancelFailureRate === undefined ? {} : { cancel_failure_rate: cancelFailureRate }),
  };
  assertBookable(run);
  return run;
}

/** Clocks of two hosts differ, and the saga lets only a later run take a cancelled booking's place. */
function laterThan({ startedAt }: Booking, now: string): string {
  const [cancelled = ''] = startedAt.split('#');
  return now > cancelled ? now : new Date(Date.parse(cancelled) + 1).toISOString();
}

/** If the id belongs to another customer, the saga refuses the run; here that booking must look as if it did not exist. */
async function assertFree(
  caller: Caller,
  id: string,
  { header, allowed }: { readonly header: Booking | undefined; readonly allowed: readonly string[] },
  ports: NewRunPorts,
): Promise<void> {
  const present = visibleTo(caller, await ports.bookings.get(id, caller));
  // Two concurrent copies of one request see the booking of their own run.
  if (present === undefined || allowed.includes(present.execution_id) || present.status === 'CANCELLED') return;
  if (header?.status === 'CANCELLED' && (await isOfRefusedRun(caller, present, ports))) return;
  throw new BookingIdInUseError(present.status);
}
