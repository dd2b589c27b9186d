import type { BookingStatus } from '#schema/saga-input.ts';

/** A booking as its readers see it: the header's attributes. */
export interface Booking {
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
  /** The run that made it; `<started_at>#<execution_id>` in `startedAt`. Not for clients. */
  readonly execution_id: string;
  readonly startedAt: string;
  /** Its customer has deleted it: it is shown to nobody any more. */
  readonly hidden?: true;
}
