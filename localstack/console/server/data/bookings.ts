/** Bookings of all customers, and the trip behind one. */
import { indexes, keys } from '#schema/table.ts';
import type { Attributes, BookingRow, Plain, Seen, TripData, TripItem } from '../../model/data.ts';
import { accessPattern } from './access-patterns.ts';
import { type TableReader, textOf } from './table-reader.ts';

/** A page for people; more is found by the trip's id. */
const mostBookings = 500;
const mostItems = 500;

export async function bookingsOf(table: TableReader): Promise<Seen<BookingRow[]>> {
  const { items, isCut } = await table.scan(indexes.byCustomerStatus.name, mostBookings);
  const data = items.map(bookingRow).sort((one, other) => (one.updatedAt < other.updatedAt ? 1 : -1));
  return {
    patterns: [accessPattern('AP14')],
    data,
    ...(isCut && { note: `${mostBookings} bookings of more. Open any other by its trip's id.` }),
  };
}

export function bookingRow(header: Attributes): BookingRow {
  return {
    trip: textOf(header.id),
    status: textOf(header.status),
    customer: textOf(header.customer),
    flight: textOf(header.outboundFlightId),
    executionId: textOf(header.execution_id),
    paymentToken: textOf(header.paymentToken),
    updatedAt: textOf(header.updatedAt),
  };
}

export async function tripOf(table: TableReader, trip: string): Promise<Seen<TripData>> {
  const input = {
    KeyConditionExpression: 'pk = :trip',
    ExpressionAttributeValues: { ':trip': { S: trip } },
    ConsistentRead: true,
  };
  const { items } = await table.query(input, mostItems);
  const header = keys.booking(trip).sk;
  const rank = ({ sk }: TripItem): string => (sk === header ? '' : sk);
  const data = items.map(tripItem).sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
  return { patterns: [accessPattern('AP2')], data: { trip, items: data } };
}

function tripItem(attributes: Attributes): TripItem {
  const sk = textOf(attributes.sk);
  const status = attributes.status ?? attributes.transaction_status;
  const type = textOf(attributes.type) || capitalized(sk.split('#')[0] ?? '');
  return { sk, type, status: status === undefined ? undefined : textOf(status), attributes: flat(attributes) };
}

const capitalized = (text: string): string => text.slice(0, 1) + text.slice(1).toLowerCase();

/** `{ run: { hotel } }` as `run.hotel`, so that each field is read, and marked where it changes, by itself. */
function flat(attributes: Attributes): Attributes {
  const entries = Object.entries(attributes).flatMap(([name, value]): [string, Plain][] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).map(([inner, each]) => [`${name}.${inner}`, each as Plain])
      : [[name, value]],
  );
  return Object.fromEntries(entries);
}
