import type { Booking } from '#functions/booking/booking.ts';
import { type KeyCondition, meets } from '#functions/shared/http/key-condition.ts';
import { type BookingStatus, bookingStatuses } from '#schema/saga-input.ts';

/** What has to be read of the index, which is sorted by stored status, and what of that is shown. */
export interface StatusRange {
  /** Absent where all is read. */
  readonly range?: KeyCondition;
  isShown(booking: Pick<Booking, 'status'>): boolean;
}

/** As the index sorts them. */
const sorted: readonly BookingStatus[] = [...bookingStatuses].sort();

/**
 * The range of stored statuses that a condition on shown ones needs: a booking that is shown as CANCELLING may be stored
 * as CONFIRMED, and the two are neighbours in the index.
 * @returns undefined where no booking can meet the condition
 */
export function statusRange(condition: KeyCondition | undefined): StatusRange | undefined {
  if (condition === undefined) return { isShown: () => true };
  const shown = new Set<BookingStatus>(sorted.filter((status) => meets(condition, status)));
  const stored = sorted.filter((status) => shown.has(status) || (status === 'CONFIRMED' && shown.has('CANCELLING')));
  const [from, to] = [stored.at(0), stored.at(-1)];
  if (from === undefined || to === undefined) return undefined;
  const isShown: StatusRange['isShown'] = ({ status }) => shown.has(status);
  return { range: from === to ? { eq: from } : { between: [from, to] }, isShown };
}

/** Sorted by what is shown; bookings of one status stay in the order in which they were read. */
export function byShownStatus<One extends Pick<Booking, 'status'>>(
  bookings: readonly One[],
  { descending = false }: { readonly descending?: boolean | undefined } = {},
): readonly One[] {
  const [less, more] = descending ? [1, -1] : [-1, 1];
  return [...bookings].sort((a, b) => (a.status === b.status ? 0 : a.status < b.status ? less : more));
}
