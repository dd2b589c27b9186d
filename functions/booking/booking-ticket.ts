import type { BookingRunInput } from '#schema/saga-input.ts';
import type { Booking } from './booking-view.ts';
import { startedAtOf } from './header-store.ts';

/** What is known of an accepted booking until the saga's first step has written its header. */
export interface BookingTicket {
  readonly id: string;
  readonly customer: string;
  readonly outboundFlightId: string;
  readonly paymentToken: string;
  readonly started_at: string;
  /** Not `execution_id`: that marks what a booking holds. */
  readonly execution: string;
}

/** The saga's first step runs within seconds; what has no header after this was never started. */
const lifetimeSeconds = 15 * 60;

/** Until then a run that another customer's booking refuses may be under way, as one whose card is declined. */
const refusedWithinSeconds = 10;

export function ticketOf(run: BookingRunInput): BookingTicket & { readonly expiresAt: number } {
  return {
    id: run.trip_id,
    customer: run.customer,
    outboundFlightId: run.outbound_flight_id,
    paymentToken: run.payment_token,
    started_at: run.started_at,
    execution: run.execution_id,
    expiresAt: Math.floor(Date.parse(run.started_at) / 1000) + lifetimeSeconds,
  };
}

/** The booking that a ticket stands for; undefined where it is too old, since DynamoDB removes items late. */
export function acceptedBooking(ticket: BookingTicket, now: string): Booking | undefined {
  if (Date.parse(now) - Date.parse(ticket.started_at) > lifetimeSeconds * 1000) return undefined;
  const { id, customer, outboundFlightId, paymentToken, started_at, execution } = ticket;
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
  };
}

/** How an accepted booking stands whose id is another customer's: like one that failed for any other reason. */
export function refusedBooking(accepted: Booking, now: string): Booking {
  const isUnderWay = Date.parse(now) - Date.parse(accepted.createdAt) < refusedWithinSeconds * 1000;
  return isUnderWay ? accepted : { ...accepted, status: 'CANCELLED' };
}
