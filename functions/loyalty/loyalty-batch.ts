import type { SQSBatchItemFailure, SQSRecord } from 'aws-lambda';
import { BookingEvent } from '#schema/booking-event.ts';
import { describeIssue } from '#schema/describe-issue.ts';
import { creditLoyalty, type LoyaltyDependencies } from './loyalty.ts';

export interface BatchDependencies extends LoyaltyDependencies {
  readonly failed: (messageId: string, error: Error) => void;
}

/**
 * The messages of one customer one after the other, since all of them write the one account; customers side by side.
 * @returns the messages that have to come again
 */
export async function creditBatch(
  records: readonly SQSRecord[],
  { failed, ...dependencies }: BatchDependencies,
): Promise<SQSBatchItemFailure[]> {
  const failures: SQSBatchItemFailure[] = [];
  const attempt = async (messageId: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      failed(messageId, error as Error);
      failures.push({ itemIdentifier: messageId });
    }
  };

  const byCustomer = new Map<string, { messageId: string; event: BookingEvent }[]>();
  for (const { messageId, body } of records) {
    await attempt(messageId, async () => {
      const event = readBookingEvent(body);
      byCustomer.set(event.customer, [...(byCustomer.get(event.customer) ?? []), { messageId, event }]);
    });
  }
  await Promise.all(
    [...byCustomer.values()].map(async (messages) => {
      for (const { messageId, event } of messages) await attempt(messageId, () => creditLoyalty(event, dependencies));
    }),
  );
  return failures;
}

/** The subscription delivers raw: the queue's body is the topic's message. */
function readBookingEvent(body: string): BookingEvent {
  const result = BookingEvent.safeParse(JSON.parse(body), { reportInput: true });
  if (result.success) return result.data;
  const { field, message } = describeIssue(result.error);
  throw new Error(`Not a booking event: field "${field}" ${message}`);
}
