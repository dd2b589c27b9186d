/** Charges of the built-in gateway behind the bookings: what was captured, and what went back. */
import { keys } from '#schema/table.ts';
import type { Attributes, ChargeRow, Seen } from '../../model/data.ts';
import { accessPattern } from './access-patterns.ts';
import { bookingsOf } from './bookings.ts';
import { type TableReader, textOf } from './table-reader.ts';

export async function chargesOf(table: TableReader): Promise<Seen<ChargeRow[]>> {
  const { data: bookings, patterns, note } = await bookingsOf(table);
  const charges = await table.getAll(bookings.map(({ paymentToken }) => keys.charge(paymentToken)));
  const chargeOf = new Map(charges.map((charge) => [textOf(charge.pk), charge]));
  const data = bookings.flatMap(({ trip, paymentToken }) => {
    const charge = chargeOf.get(keys.charge(paymentToken).pk);
    return charge === undefined ? [] : [chargeRow(paymentToken, trip, charge)];
  });
  return { patterns: [...patterns, accessPattern('AP8')], data, ...(note !== undefined && { note }) };
}

function chargeRow(token: string, trip: string, charge: Attributes): ChargeRow {
  const amount = (minor: unknown): string => `${(Number(minor ?? 0) / 100).toFixed(2)} ${textOf(charge.currency)}`;
  return {
    token,
    trip,
    customer: textOf(charge.customer),
    status: textOf(charge.charge_status),
    authorized: amount(charge.authorized_minor),
    captured: amount(charge.captured_minor),
    refunded: amount(charge.refunded_minor),
  };
}
