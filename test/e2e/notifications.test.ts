import { randomUUID } from 'node:crypto';
import { SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from '@jest/globals';
import { demoPoints } from '#test/support/demo-figures.ts';
import { aTripId, ended, headerOf, startDemo } from '#test/support/e2e/saga.ts';
import { openTarget } from '#test/support/e2e/target.ts';
import { topicPolicy } from '#test/support/e2e/topic-policy.ts';
import { until } from '#test/support/e2e/until.ts';
import { openSuite } from '#test/support/open-suite.ts';

const target = openSuite(openTarget);

/** A queue that gets the topic's messages of one status, as a subscriber's team would make it. */
async function subscribe(status: string): Promise<string> {
  const { QueueUrl = '' } = await target.sqs.send(new CreateQueueCommand({ QueueName: `e2e-${randomUUID()}` }));
  const { Attributes } = await target.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const queueArn = Attributes?.QueueArn ?? '';
  const Policy = topicPolicy(queueArn, target.bookingTopicArn);
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

/** One booking's messages at a subscriber so far; messages of other bookings on the target arrive, too. */
function mailbox(QueueUrl: string) {
  const mail: Envelope[] = [];
  return async (bookingId: string): Promise<Envelope[]> => {
    const { Messages = [] } = await target.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    mail.push(...Messages.map(({ Body = '' }) => JSON.parse(Body) as Envelope));
    return mail.filter(({ Message }) => (JSON.parse(Message) as { bookingId: string }).bookingId === bookingId);
  };
}

describe('booking topic', () => {
  it('given a subscriber for each status, when one trip is booked and one is undone, then each gets its one message', async () => {
    const [confirmed, cancelled] = [mailbox(await subscribe('confirmed')), mailbox(await subscribe('cancelled'))];
    const trips = { booked: aTripId(), undone: aTripId() };
    await ended(target, (await startDemo(target, { tripID: trips.booked })).executionArn);
    await ended(target, (await startDemo(target, { tripID: trips.undone, runType: 'failHotel' })).executionArn);
    const messageOf = (mail: typeof confirmed, trip: string) => until(async () => (await mail(trip))[0]);

    const booking = await messageOf(confirmed, trips.booked);
    expect(JSON.parse(booking.Message)).toEqual({
      bookingId: trips.booked,
      customer: 'demo',
      bookingReference: (await headerOf(target, trips.booked))?.bookingReference,
      status: 'CONFIRMED',
      price: demoPoints,
      currency: 'USD',
    });
    expect(booking.Subject).toBe('Your holiday is booked');
    expect(booking.MessageAttributes).toEqual({ 'Booking.Status': { Type: 'String', Value: 'confirmed' } });

    const notice = await messageOf(cancelled, trips.undone);
    expect(JSON.parse(notice.Message)).toMatchObject({ bookingId: trips.undone, status: 'CANCELLED' });
    expect(notice.MessageAttributes).toEqual({ 'Booking.Status': { Type: 'String', Value: 'cancelled' } });
    expect(await confirmed(trips.booked)).toEqual([booking]);
    expect(await cancelled(trips.undone)).toEqual([notice]);
    expect(await confirmed(trips.undone)).toEqual([]);
    expect(await cancelled(trips.booked)).toEqual([]);
  });
});
