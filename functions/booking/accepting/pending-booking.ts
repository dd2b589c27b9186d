import type { Booking } from '#functions/booking/booking.ts';
import { startedAtOf } from '#functions/booking/steps/header-store.ts';
import { type KeptRun, keptRunOf } from '#functions/trip/kept-run.ts';
import type { BookingRunInput } from '#functions/trip/run-input.ts';

/** What is known of an accepted booking until the saga's first step has written its header. */
export interface PendingBooking {
  readonly id: string;
  readonly customer: string;
  readonly outboundFlightId: string;
  readonly paymentToken: string;
  readonly started_at: string;
  /** Not `execution_id`: that marks what a booking holds. */
  readonly execution: string;
  /** What its header will keep of the run's input; absent in older releases'. */
  readonly run?: KeptRun | undefined;
  /** Hash of the request that it was accepted for, and the run in the trip's header then; absent in older releases'. */
  readonly request?: string | undefined;
  readonly after?: string | undefined;
}

/** Where a pending booking comes from. */
export type PendingOrigin = Pick<PendingBooking, 'request' | 'after'>;

/** The saga's first step runs within seconds; what has no header after this was never started. */
const lifetimeSeconds = 15 * 60;

/** For 10 s show UNCONFIRMED, as for a declined card, so that the answer does not reveal that the id is taken. */
const refusedWithinSeconds = 10;

export function pendingBookingOf(
  run: BookingRunInput,
  { request, after }: PendingOrigin,
): PendingBooking & { readonly expiresAt: number } {
  return {
    id: run.trip_id,
    customer: run.customer,
    outboundFlightId: run.outbound_flight_id,
    paymentToken: run.payment_token,
    started_at: run.started_at,
    execution: run.execution_id,
    run: keptRunOf(run),
    ...(request === undefined ? {} : { request }),
    ...(after === undefined ? {} : { after }),
    expiresAt: Math.floor(Date.parse(run.started_at) / 1000) + lifetimeSeconds,
  };
}

/** Whether the accepted booking will replace this cancelled one. A concurrent request that lost against it will not. */
export const isToReplace = ({ after }: PendingBooking, { execution_id }: Pick<Booking, 'execution_id'>): boolean =>
  after === execution_id;

/** A pending booking as its readers see it; undefined where it has expired, since DynamoDB removes items late. */
export function bookingOfPending(pending: PendingBooking, now: string): Booking | undefined {
  if (Date.parse(now) - Date.parse(pending.started_at) > lifetimeSeconds * 1000) return undefined;
  const { id, customer, outboundFlightId, paymentToken, started_at, execution, run } = pending;
  return {
    id,
    status: 'UNCONFIRMED',
    outboundFlightId,
    paymentToken,
    checkedIn: false,
    customer,
    createdAt: started_at,
    updatedAt: started_at,
    execution_id: execution,
    startedAt: startedAtOf({ started_at, execution_id: execution }),
    ...(run === undefined ? {} : { run }),
  };
}

/** An accepted booking whose id belongs to another customer looks like one that failed for any other reason. */
export function refusedBooking(accepted: Booking, now: string): Booking {
  const isUnderWay = Date.parse(now) - Date.parse(accepted.createdAt) < refusedWithinSeconds * 1000;
  return isUnderWay ? accepted : { ...accepted, status: 'CANCELLED' };
}
