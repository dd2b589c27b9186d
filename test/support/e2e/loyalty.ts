import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { bookingReferenceOf } from '#functions/shared/saga/derived-ids.ts';
import type { BookingEvent } from '#schema/booking-event.ts';
import { keys } from '#schema/table.ts';
import { bearer, type Customer } from './customers.ts';
import type { Item } from './saga.ts';
import type { Target } from './target.ts';
import { until } from './until.ts';

export interface LoyaltyReply {
  readonly status: number;
  readonly points: number;
}

/** `GET /loyalty` as this customer. */
export async function loyaltyOf({ apiUrl }: Target, customer: Customer): Promise<LoyaltyReply & Item> {
  const response = await fetch(`${apiUrl}/loyalty`, { headers: bearer(customer) });
  return { status: response.status, ...((await response.json()) as { points: number }) };
}

/** The message that the saga publishes of a booking run's end. */
export function eventOf(bookingRun: Item, status: BookingEvent['status']): BookingEvent {
  return {
    bookingId: String(bookingRun.trip_id),
    customer: String(bookingRun.customer),
    bookingReference: bookingReferenceOf(String(bookingRun.execution_id)),
    status,
    price: Number(bookingRun.amount),
    currency: String(bookingRun.currency),
  };
}

/** Waits until nothing stands in the loyalty queue and nothing is being worked off. */
export async function loyaltyQueueDrained(target: Target): Promise<void> {
  await until(async () => {
    const { Attributes = {} } = await target.sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: target.loyaltyQueueUrl,
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    return Object.values(Attributes).every((count) => count === '0') || undefined;
  });
}

/** The sum of this customer's loyalty records. */
export async function earnedPoints(target: Target, customer: string): Promise<number> {
  const { Items = [] } = await target.dynamodb.send(
    new QueryCommand({
      TableName: target.tableName,
      KeyConditionExpression: 'pk = :account AND begins_with(sk, :bookings)',
      ExpressionAttributeValues: { ':account': keys.loyaltyAccount(customer).pk, ':bookings': 'BOOKING#' },
      ConsistentRead: true,
    }),
  );
  return Items.filter((item) => item.points_status === 'earned').reduce((sum, item) => sum + Number(item.points), 0);
}
