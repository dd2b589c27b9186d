import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '#functions/shared/table.ts';
import { keys } from '#schema/table.ts';
import type { Booking } from './booking-view.ts';
import type { ExecutionReader } from './execution-reader.ts';

export interface BookingRunReader {
  /** The input of the run that made the booking. */
  inputOf(booking: Booking): Promise<Record<string, unknown>>;
}

/**
 * The execution's own input, or, since holidays are booked long before and Step Functions forgets executions after 90
 * days, one made from what the booking holds: all that compensations rely on.
 */
export function bookingRunReader(
  executions: ExecutionReader,
  executionArnOf: (executionName: string) => string,
  { client, name }: Table,
): BookingRunReader {
  return {
    async inputOf(booking) {
      const run = await executions.describe(executionArnOf(booking.execution_id));
      if (run !== undefined) return JSON.parse(run.input) as Record<string, unknown>;
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: name,
          KeyConditionExpression: 'pk = :trip',
          ExpressionAttributeValues: { ':trip': keys.booking(booking.id).pk },
          ConsistentRead: true,
        }),
      );
      return inputFromParts(booking, Items);
    },
  };
}

/** By the item's `type`: the fields of the saga's input that stand in it. */
const fieldsOfParts: Readonly<Record<string, readonly string[]>> = {
  Hotel: ['hotel', 'check_in', 'check_out'],
  Flight: ['depart', 'depart_at', 'arrive', 'arrive_at'],
  Rental: ['rental', 'rental_from', 'rental_to'],
  Payment: ['amount', 'currency'],
};

export function inputFromParts(booking: Booking, items: readonly Record<string, unknown>[]): Record<string, unknown> {
  const own = items.filter((item) => item.execution_id === booking.execution_id);
  const fields = own.flatMap((item) =>
    (fieldsOfParts[String(item.type)] ?? []).map((field) => [field, item[field]] as const),
  );
  const [startedAt = ''] = booking.startedAt.split('#');
  return {
    trip_id: booking.id,
    execution_id: booking.execution_id,
    started_at: startedAt,
    outbound_flight_id: booking.outboundFlightId,
    customer: booking.customer,
    payment_token: booking.paymentToken,
    ...Object.fromEntries(fields.filter(([, value]) => value !== undefined)),
  };
}
