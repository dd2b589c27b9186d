import type { KeptRun } from '#functions/trip/kept-run.ts';
import type { BookingStatus } from '#schema/saga-input.ts';

/** A booking as its readers see it: the header's attributes. */
export interface Booking extends SagaFields {
  readonly id: string;
  readonly status: BookingStatus;
  readonly outboundFlightId: string;
  readonly paymentToken: string;
  readonly checkedIn: boolean;
  readonly customer: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Only once it was confirmed. */
  readonly bookingReference?: string;
  /** Only where it was undone. */
  readonly failureReason?: string;
}

/** Attributes for the service alone; clients do not read them. */
export interface SagaFields {
  /** The run that made it; `<started_at>#<execution_id>` in `startedAt`. */
  readonly execution_id: string;
  readonly startedAt: string;
  /** The run whose cancelled booking it has replaced; absent where it is the id's first, and on headers of older releases. */
  readonly replaces?: string;
  /** The rest of that run's input; absent on headers that an older release opened. */
  readonly run?: KeptRun;
  /** When its customer first asked for its cancellation. */
  readonly cancelRequestedAt?: string;
  /** The header's own status where another one is shown: a cancellation was asked for and has not begun. */
  readonly storedStatus?: 'CONFIRMED';
  /** Its customer has deleted it, so it is no longer shown. */
  readonly hidden?: true;
}

/** The status in the table, which the index uses. */
export const storedStatusOf = ({ status, storedStatus }: Pick<Booking, 'status' | 'storedStatus'>): BookingStatus =>
  storedStatus ?? status;

/** A confirmed booking is shown as being cancelled from the moment that its customer asked for that. */
export function bookingOf(header: Readonly<Record<string, unknown>>): Booking {
  const { bookingReference, cancelRequestedAt, failureReason, hidden, replaces, run } = header;
  const isAsked = cancelRequestedAt !== undefined;
  const isPending = isAsked && header.status === 'CONFIRMED';
  return {
    id: String(header.id),
    status: isPending ? 'CANCELLING' : (header.status as BookingStatus),
    outboundFlightId: String(header.outboundFlightId),
    paymentToken: String(header.paymentToken),
    checkedIn: header.checkedIn === true,
    customer: String(header.customer),
    createdAt: String(header.createdAt),
    updatedAt: String(header.updatedAt),
    ...(bookingReference === undefined ? {} : { bookingReference: String(bookingReference) }),
    ...(failureReason === undefined ? {} : { failureReason: String(failureReason) }),
    execution_id: String(header.execution_id),
    startedAt: String(header.startedAt),
    ...(replaces === undefined ? {} : { replaces: String(replaces) }),
    ...(run === undefined ? {} : { run: run as KeptRun }),
    ...(isAsked ? { cancelRequestedAt: String(cancelRequestedAt) } : {}),
    ...(isPending ? { storedStatus: 'CONFIRMED' as const } : {}),
    ...(hidden === true ? { hidden } : {}),
  };
}
