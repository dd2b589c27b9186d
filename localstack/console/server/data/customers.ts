/** Customers with their points. */
import { indexes, keys } from '#schema/table.ts';
import type { CustomerData, CustomerRow, PointsRow, Seen } from '../../model/data.ts';
import { accessPattern } from './access-patterns.ts';
import { bookingRow, bookingsOf } from './bookings.ts';
import { type TableReader, textOf } from './table-reader.ts';

const mostOfOne = 500;

export async function customersOf(table: TableReader): Promise<Seen<CustomerRow[]>> {
  const { data: bookings, patterns, note } = await bookingsOf(table);
  const names = [...new Set(bookings.map(({ customer }) => customer))];
  const accounts = await table.getAll(names.map(keys.loyaltyAccount));
  const pointsOf = new Map(accounts.map(({ pk, points }) => [textOf(pk), Number(points ?? 0)]));
  const data = names.map((customer) => {
    const own = bookings.filter((booking) => booking.customer === customer);
    const confirmed = own.filter(({ status }) => status === 'CONFIRMED').length;
    const points = pointsOf.get(keys.loyaltyAccount(customer).pk) ?? 0;
    return { customer, bookings: own.length, confirmed, points };
  });
  return {
    patterns: [...patterns, accessPattern('AP9')],
    data: data.sort((one, other) => other.points - one.points),
    ...(note !== undefined && { note }),
  };
}

export async function customerOf(table: TableReader, customer: string): Promise<Seen<CustomerData>> {
  const { pk } = keys.loyaltyAccount(customer);
  const [loyalty, bookings] = await Promise.all([
    table.query(
      { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': { S: pk } }, ConsistentRead: true },
      mostOfOne,
    ),
    table.query(
      {
        IndexName: indexes.byCustomerStatus.name,
        KeyConditionExpression: 'customer = :customer',
        ExpressionAttributeValues: { ':customer': { S: customer } },
      },
      mostOfOne,
    ),
  ]);
  const account = loyalty.items.find(({ sk }) => sk === keys.loyaltyAccount(customer).sk);
  const data = {
    customer,
    points: Number(account?.points ?? 0),
    entries: loyalty.items.filter((item) => item !== account).map(pointsRow),
    bookings: bookings.items.map(bookingRow).sort((one, other) => (one.updatedAt < other.updatedAt ? 1 : -1)),
  };
  return { patterns: [accessPattern('AP11'), accessPattern('AP3')], data };
}

/** Its sort key is `BOOKING#<trip>#<reference>`. */
function pointsRow({ sk, points, points_status }: Readonly<Record<string, unknown>>): PointsRow {
  const [, trip = '', reference = ''] = String(sk).split('#');
  return { trip, reference, points: Number(points ?? 0), status: String(points_status ?? '') };
}
