import { QueryCommand } from '#functions/shared/aws/document-commands.ts';
import type { Table } from '#functions/shared/aws/table.ts';
import { type HeaderOfRun, type KeptRun, keptRunFields, runInputOf } from '#functions/trip/kept-run.ts';
import { keys } from '#schema/table.ts';

/** A header, with what it has kept of its run's input; absent where an older release has opened it. */
export type HeaderWithRun = HeaderOfRun & { readonly run?: KeptRun };

export interface BookingRunReader {
  /** The input of the run that made the booking; the same text at each call. */
  inputOf(booking: HeaderWithRun): Promise<Record<string, unknown>>;
}

/**
 * From the table, never from Step Functions: DescribeExecution is eventually consistent, an account may ask it 10 to 15
 * times a second, and an execution is forgotten after 90 days, but holidays are booked longer ahead.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export function bookingRunReader({ client, name }: Table): BookingRunReader {
  return {
    async inputOf(booking) {
      if (booking.run !== undefined) return runInputOf(booking, booking.run);
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: name,
          KeyConditionExpression: 'pk = :trip',
          ExpressionAttributeValues: { ':trip': keys.booking(booking.id).pk },
          ConsistentRead: true,
        }),
      );
      return inputFromItems(booking, Items);
    },
  };
}

/**
 * Where the header has kept nothing, the booking's items tell it: all that compensations rely on. A leg that is undone
 * already leaves its fields out, so the payment is named by its item and not by an id that those fields give.
 */
export function inputFromItems(
  header: HeaderOfRun,
  items: readonly Record<string, unknown>[],
): Record<string, unknown> {
  const own = items.filter((item) => item.execution_id === header.execution_id && item.type !== undefined);
  const fields = own.flatMap((item) => keptRunFields.map((field) => [field, item[field]] as const));
  const kept = Object.fromEntries(fields.filter(([, value]) => value !== undefined)) as KeptRun;
  const payment = own.find(({ type }) => type === 'Payment');
  return { ...runInputOf(header, kept), ...(payment === undefined ? {} : { payment_id: String(payment.id) }) };
}
