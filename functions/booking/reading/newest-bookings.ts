import { type Booking, bookingOf } from '#functions/booking/booking.ts';
import { batchGet } from '#functions/shared/aws/batch-get.ts';
import { indexPages } from '#functions/shared/aws/index-pages.ts';
import type { Table } from '#functions/shared/aws/table.ts';
import { indexes, keys } from '#schema/table.ts';
import type { BookingReader } from './booking-reader.ts';

/** The index tells which bookings and in which order, their headers all else: a status that changes does not write to it. */
export function newestBookings(table: Table): BookingReader['newest'] {
  const pages = indexPages(table, indexes.byCustomerStarted, ({ pk }) => String(pk));
  return async ({ customer, status, limit, cursor }) => {
    const { items: ids, ...rest } = await pages.query({ hash: customer, descending: true, limit, cursor });
    const headers = await batchGet(table, ids.map(keys.booking), {});
    const bookings = new Map(headers.map(bookingOf).map((booking) => [booking.id, booking]));
    const isWanted = (booking: Booking | undefined): booking is Booking =>
      booking?.customer === customer && (status === undefined || booking.status === status);
    return { ...rest, items: ids.map((id) => bookings.get(id)).filter(isWanted) };
  };
}
