import {
  bookingOfPending,
  isToReplace,
  type PendingBooking,
  refusedBooking,
} from '#functions/booking/accepting/pending-booking.ts';
import { bookingOf } from '#functions/booking/booking.ts';
import { isOf } from '#functions/booking/booking-policy.ts';
import { GetCommand } from '#functions/shared/aws/document-commands.ts';
import { indexPages } from '#functions/shared/aws/index-pages.ts';
import type { Table } from '#functions/shared/aws/table.ts';
import { type Clock, systemClock } from '#functions/shared/clock.ts';
import { longestKeyText, tripIdPattern } from '#schema/saga-input.ts';
import { indexes, type Key, keys } from '#schema/table.ts';
import type { BookingReader } from './booking-reader.ts';
import { newestBookings } from './newest-bookings.ts';
import { byShownStatus, statusRange } from './shown-statuses.ts';

type Item = Record<string, unknown>;

/** No booking has an id of another form, and DynamoDB refuses some of them as keys. */
const isBookingId = (id: string): boolean => tripIdPattern.test(id);

export function dynamoDbBookingReader(table: Table, now: Clock = systemClock): BookingReader {
  const { client, name } = table;
  const pages = indexPages(table, indexes.byCustomerStatus, bookingOf);
  const item = async (key: Key): Promise<Item | undefined> =>
    (await client.send(new GetCommand({ TableName: name, Key: key, ConsistentRead: true }))).Item;

  const header: BookingReader['header'] = async (id) => {
    if (!isBookingId(id)) return undefined;
    const found = await item(keys.booking(id));
    return found && bookingOf(found);
  };

  return {
    header,

    async get(id, caller) {
      if (!isBookingId(id)) return undefined;
      const booking = await header(id);
      const seen = booking && isOf(caller, booking) ? booking : undefined;
      if (seen !== undefined && seen.status !== 'CANCELLED') return seen;
      const owner = seen?.customer ?? caller.sub;
      // A customer with a longer name has no bookings, and DynamoDB would refuse the key.
      const found = owner.length > longestKeyText ? undefined : await item(keys.bookingRequest(id, owner));
      const pending = found as PendingBooking | undefined;
      const accepted = pending && bookingOfPending(pending, now());
      // Only a cancelled booking can be made anew.
      if (seen !== undefined) return pending !== undefined && isToReplace(pending, seen) ? (accepted ?? seen) : seen;
      return booking === undefined ? accepted : accepted && refusedBooking(accepted, now());
    },

    async byStatus({ customer, status, ...page }) {
      const statuses = statusRange(status);
      if (statuses === undefined) return { items: [] };
      const { range, isShown } = statuses;
      const { items, ...rest } = await pages.query({ hash: customer, range, ...page });
      return { ...rest, items: byShownStatus(items.filter(isShown), page) };
    },

    newest: newestBookings(table),

    // The index holds headers alone, where the table holds every part of every trip.
    list: (page) => pages.scan(page),
  };
}
