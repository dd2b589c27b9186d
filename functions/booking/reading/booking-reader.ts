import type { Booking } from '#functions/booking/booking.ts';
import type { Caller } from '#functions/shared/http/caller.ts';
import type { KeyCondition } from '#functions/shared/http/key-condition.ts';
import type { Page, PageRequest } from '#functions/shared/http/page.ts';
import type { BookingStatus } from '#schema/saga-input.ts';

export interface BookingsByStatus extends PageRequest {
  readonly customer: string;
  readonly status?: KeyCondition | undefined;
  readonly descending?: boolean | undefined;
}

export interface NewestBookings extends PageRequest {
  readonly customer: string;
  /** As the bookings are shown. Others are read and left out, so that a page may be shorter. */
  readonly status?: BookingStatus | undefined;
}

/** Reads bookings for their viewers; `booking-policy.ts` decides who may see which, also of a page. */
export interface BookingReader {
  /**
   * Read consistently. One that was accepted for the caller and has no header yet is UNCONFIRMED; if the id belongs to
   * another customer, the caller's own attempt is CANCELLED.
   */
  get(id: string, caller: Caller): Promise<Booking | undefined>;
  /** The header alone, of any customer, hidden or not; read consistently. Not for clients: the saga's rules need it. */
  header(id: string): Promise<Booking | undefined>;
  /**
   * A customer's bookings by the status that they are shown with, each page sorted by it; eventually consistent. One whose
   * cancellation was asked for and has not begun comes on the pages of those that are CONFIRMED.
   */
  byStatus(query: BookingsByStatus): Promise<Page<Booking>>;
  /**
   * A customer's bookings, newest first: by the start of the run that made them; eventually consistent. One that was made
   * anew a moment ago may still have its old place.
   */
  newest(query: NewestBookings): Promise<Page<Booking>>;
  /** All customers' bookings, in no order; eventually consistent. */
  list(query: PageRequest): Promise<Page<Booking>>;
}
