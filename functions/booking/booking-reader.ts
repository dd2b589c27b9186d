import type { KeyCondition } from '#functions/shared/key-condition.ts';
import type { Page, PageRequest } from '#functions/shared/page.ts';
import type { Booking } from './booking-view.ts';

export interface BookingsByStatus extends PageRequest {
  readonly customer: string;
  readonly status?: KeyCondition | undefined;
  readonly descending?: boolean | undefined;
}

/** Reads bookings for their viewers; who may see what is `booking-policy.ts`'s to say, also of what a page holds. */
export interface BookingReader {
  /** Read consistently. One that was accepted and has no header yet is UNCONFIRMED. */
  get(id: string): Promise<Booking | undefined>;
  /** A customer's bookings, sorted by status; eventually consistent. */
  byStatus(query: BookingsByStatus): Promise<Page<Booking>>;
  /** Everybody's bookings in no order; eventually consistent. */
  list(query: PageRequest): Promise<Page<Booking>>;
}
