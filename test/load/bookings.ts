import { randomUUID } from 'node:crypto';
import { SubscribeCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { aTripId, startDemo } from '#test/support/e2e/saga.ts';
import type { Target } from '#test/support/e2e/target.ts';
import { topicPolicy } from '#test/support/e2e/topic-policy.ts';
import { demoSeats, restock } from './restock.ts';

/** After so many the flight gets new seats: some are left, so that none is refused. */
const soldBeforeRestock = demoSeats / 2;
/** A booking whose message does not come is one that the target has lost. */
const patienceMs = 180_000;

export interface Booked {
  readonly executionArn: string;
  readonly status: 'CONFIRMED' | 'CANCELLED';
}

/** Books as customers do, and learns of the end from the booking topic: by one long poll for all, the same way on every target. */
export interface Bookings {
  /** Starts a booking; resolves when its message has come. */
  book(runType?: string): Promise<Booked>;
  close(): Promise<void>;
}

export async function openBookings(target: Target): Promise<Bookings> {
  const { QueueUrl, SubscriptionArn } = await subscribe(target);
  const waiting = new Map<string, (status: Booked['status']) => void>();
  const stopped = new AbortController();
  const { signal: abortSignal } = stopped;
  let sold = 0;
  let restocking = restock(target);

  async function listen(): Promise<void> {
    while (!abortSignal.aborted) {
      const received = await target.sqs.send(
        // Nothing is deleted, since nothing is received twice within the visibility timeout.
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 10 }),
        { abortSignal },
      );
      for (const { Body = '' } of received.Messages ?? []) {
        const { bookingId, status } = JSON.parse(Body) as { bookingId: string; status: Booked['status'] };
        waiting.get(bookingId)?.(status);
        waiting.delete(bookingId);
      }
    }
  }

  const listening = listen().catch((error: unknown) => {
    if (!abortSignal.aborted) throw error;
  });

  async function seat(): Promise<void> {
    sold += 1;
    if (sold % soldBeforeRestock === 0) restocking = restock(target);
    await restocking;
  }

  return {
    async book(runType = 'success') {
      await seat();
      const tripID = aTripId();
      let timer: NodeJS.Timeout | undefined;
      const told = new Promise<Booked['status']>((resolve, reject) => {
        waiting.set(tripID, resolve);
        timer = setTimeout(() => reject(new Error(`No message came of booking ${tripID}`)), patienceMs);
      });
      const { executionArn } = await startDemo(target, { runType, tripID });
      const status = await told;
      clearTimeout(timer);
      return { executionArn, status };
    },
    async close() {
      stopped.abort();
      await listening;
      await target.sns.send(new UnsubscribeCommand({ SubscriptionArn }));
      await target.sqs.send(new DeleteQueueCommand({ QueueUrl }));
    },
  };
}

async function subscribe({ sns, sqs, bookingTopicArn: TopicArn }: Target) {
  const QueueName = `bench-${randomUUID()}`;
  const Endpoint = [...TopicArn.replace(':sns:', ':sqs:').split(':').slice(0, 5), QueueName].join(':');
  const Attributes = { Policy: topicPolicy(Endpoint, TopicArn), VisibilityTimeout: '3600' };
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  const subscription = { TopicArn, Protocol: 'sqs', Endpoint, Attributes: { RawMessageDelivery: 'true' } };
  const { SubscriptionArn } = await sns.send(new SubscribeCommand(subscription));
  return { QueueUrl, SubscriptionArn };
}
