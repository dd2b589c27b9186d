import type { SQSBatchItemFailure, SQSRecord } from 'aws-lambda';
import { handleBatch, type MessageFailed } from '#functions/shared/aws/sqs-batch.ts';
import { BookingEvent } from '#schema/booking-event.ts';
import { describeIssue } from '#schema/describe-issue.ts';
import { creditLoyalty, type LoyaltyDependencies } from './loyalty.ts';

export interface BatchDependencies extends LoyaltyDependencies {
  readonly failed: MessageFailed;
}

/**
 * The messages of one customer one after the other, since all of them write the one account; customers side by side.
 * @returns the messages that have to come again
 */
export function creditBatch(
  records: readonly SQSRecord[],
  { failed, ...dependencies }: BatchDependencies,
): Promise<SQSBatchItemFailure[]> {
  const lastOf = new Map<string, Promise<void>>();
  const credit = async ({ body }: SQSRecord): Promise<void> => {
    const event = readBookingEvent(body);
    const before = lastOf.get(event.customer) ?? Promise.resolve();
    const credited = before.catch(() => undefined).then(() => creditLoyalty(event, dependencies));
    lastOf.set(event.customer, credited);
    await credited;
  };
  return handleBatch(records, credit, failed);
}

/** The subscription delivers raw: the queue's body is the topic's message. */
function readBookingEvent(body: string): BookingEvent {
  const result = BookingEvent.safeParse(JSON.parse(body), { reportInput: true });
  if (result.success) return result.data;
  const { field, message } = describeIssue(result.error);
  throw new Error(`Not a booking event: field "${field}" ${message}`);
}
