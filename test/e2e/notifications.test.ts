import { randomUUID } from 'node:crypto';
import { SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aTripId, ended, headerOf, startDemo, until } from '#test/support/e2e/saga.ts';
import { openTarget, type Target } from '#test/support/e2e/target.ts';

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

/** A queue that gets the topic's messages of one status, as a subscriber's team would make it. */
async function subscribe(status: string): Promise<string> {
  const { QueueUrl = '' } = await target.sqs.send(new CreateQueueCommand({ QueueName: `e2e-${randomUUID()}` }));
  const { Attributes } = await target.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const queueArn = Attributes?.QueueArn ?? '';
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queueArn,
        Condition: { ArnEquals: { 'aws:SourceArn': target.bookingTopicArn } },
      },
    ],
  });
  await target.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  await target.sns.send(
    new SubscribeCommand({
      TopicArn: target.bookingTopicArn,
      Protocol: 'sqs',
      Endpoint: queueArn,
      Attributes: { FilterPolicy: JSON.stringify({ 'Booking.Status': [status] }) },
    }),
  );
  return QueueUrl;
}

interface Envelope {
  readonly Message: string;
  readonly Subject: string;
  readonly MessageAttributes: Record<string, { Type: string; Value: string }>;
}

async function received(QueueUrl: string): Promise<Envelope[]> {
  const { Messages = [] } = await target.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  return Messages.map(({ Body = '' }) => JSON.parse(Body) as Envelope);
}

describe('booking topic', () => {
  it('given a subscriber for each status, when one trip is booked and one is undone, then each gets its one message', async () => {
    const [confirmed, cancelled] = [await subscribe('confirmed'), await subscribe('cancelled')];
    const trips = { booked: aTripId(), undone: aTripId() };
    await ended(target, (await startDemo(target, { tripID: trips.booked })).executionArn);
    await ended(target, (await startDemo(target, { tripID: trips.undone, runType: 'failHotel' })).executionArn);
    const messagesOf = (queueUrl: string) =>
      until(async () => {
        const messages = await received(queueUrl);
        return messages.length > 0 ? messages : undefined;
      });

    const [booking, ...noMore] = await messagesOf(confirmed);
    expect(noMore).toEqual([]);
    expect(JSON.parse(booking?.Message ?? '')).toEqual({
      bookingId: trips.booked,
      customer: 'demo',
      bookingReference: (await headerOf(target, trips.booked))?.bookingReference,
      status: 'CONFIRMED',
      price: 450,
      currency: 'USD',
    });
    expect(booking?.Subject).toBe('Your holiday is booked');
    expect(booking?.MessageAttributes).toEqual({ 'Booking.Status': { Type: 'String', Value: 'confirmed' } });

    const [notice] = await messagesOf(cancelled);
    expect(JSON.parse(notice?.Message ?? '')).toMatchObject({ bookingId: trips.undone, status: 'CANCELLED' });
    expect(notice?.MessageAttributes).toEqual({ 'Booking.Status': { Type: 'String', Value: 'cancelled' } });
    expect(await received(confirmed)).toEqual([]);
  });
});
