import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { type Clock, systemClock } from '#functions/shared/clock.ts';
import { indexPages } from '#functions/shared/index-pages.ts';
import type { Table } from '#functions/shared/table.ts';
import { longestKeyText, tripIdPattern } from '#schema/saga-input.ts';
import { indexes, type Key, keys } from '#schema/table.ts';
import { isOf } from './booking-policy.ts';
import type { BookingReader } from './booking-reader.ts';
import { acceptedBooking, type BookingTicket, refusedBooking } from './booking-ticket.ts';
import type { Booking } from './booking-view.ts';

type Item = Record<string, unknown>;

export function dynamoDbBookingReader(table: Table, now: Clock = systemClock): BookingReader {
  const { client, name } = table;
  const pages = indexPages(table, indexes.byCustomerStatus, bookingOf);
  const item = async (key: Key): Promise<Item | undefined> =>
    (await client.send(new GetCommand({ TableName: name, Key: key, ConsistentRead: true }))).Item;

  return {
    async get(id, caller) {
      // No booking has an id of another form, and DynamoDB refuses some of them as keys.
      if (!tripIdPattern.test(id)) return undefined;
      const header = await item(keys.booking(id));
      const booking = header && bookingOf(header);
      const seen = booking && isOf(caller, booking) ? booking : undefined;
      if (seen !== undefined && seen.status !== 'CANCELLED') return seen;
      const owner = seen?.customer ?? caller.sub;
      // Nothing is booked for whoever has a longer name, and DynamoDB would refuse it as a key.
      const ticket = owner.length > longestKeyText ? undefined : await item(keys.bookingRequest(id, owner));
      const accepted = ticket && acceptedBooking(ticket as unknown as BookingTicket, now());
      // Only what was cancelled is made anew.
      if (seen !== undefined) return accepted !== undefined && accepted.startedAt > seen.startedAt ? accepted : seen;
      return booking === undefined ? accepted : accepted && refusedBooking(accepted, now());
    },

    byStatus: ({ customer, status, ...page }) => pages.query({ hash: customer, range: status, ...page }),

    // The index holds headers alone, where the table holds every part of every trip.
    list: (page) => pages.scan(page),
  };
}

function bookingOf(header: Item): Booking {
  const { bookingReference, cancelRequestedAt, failureReason, hidden } = header;
  const isBeingCancelled = header.status === 'CONFIRMED' && cancelRequestedAt !== undefined;
  return {
    id: String(header.id),
    status: isBeingCancelled ? 'CANCELLING' : (header.status as Booking['status']),
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
    ...(hidden === true ? { hidden } : {}),
  };
}
