import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Messaging } from '#embedded/messaging/index.ts';
import type { Happening } from '#embedded/observer.ts';
import { OUTSIDE } from '#embedded/types.ts';
import { createVirtualTime, type VirtualTime } from '#embedded/virtual-time.ts';
import { aMessaging, aQueue, queueArn, receive, send, urlOf } from './fixture.ts';

let time: VirtualTime;
let happened: Happening[];
let messaging: Messaging;

beforeEach(async () => {
  time = createVirtualTime();
  happened = [];
  messaging = await aMessaging({
    ports: time,
    observe: (happening) => void happened.push(happening),
    queues: [
      aQueue('orders'),
      aQueue('fragile', {
        visibility_timeout_seconds: 5,
        redrive_policy: JSON.stringify({ deadLetterTargetArn: queueArn('dead'), maxReceiveCount: 1 }),
      }),
      aQueue('dead'),
    ],
  });
});

const call = (operation: string, input: object) => messaging.sqs.call(operation, { ...input }, OUTSIDE);

describe('the stream of observations', () => {
  it('tells of each message when it is sent, at each delivery, and once it is dead', async () => {
    const { MessageId: messageId } = await send(messaging, 'fragile', 'x');
    await receive(messaging, 'fragile');
    await time.advance(5_000);
    await receive(messaging, 'fragile');
    await receive(messaging, 'dead');

    const [queue, dead] = [queueArn('fragile'), queueArn('dead')];
    expect(happened).toEqual([
      { type: 'messageSent', queueArn: queue, messageId, body: 'x' },
      { type: 'messageDelivered', queueArn: queue, messageId, body: 'x' },
      { type: 'messageDead', queueArn: queue, deadLetterArn: dead, messageId },
      { type: 'messageDelivered', queueArn: dead, messageId, body: 'x' },
    ]);
  });

  it('tells of what a batch and a move task send', async () => {
    const Entries = ['a', 'b'].map((MessageBody) => ({ Id: MessageBody, MessageBody }));
    await call('SendMessageBatch', { QueueUrl: urlOf('dead'), Entries });
    await call('StartMessageMoveTask', { SourceArn: queueArn('dead'), DestinationArn: queueArn('orders') });

    const sent = happened.map((one) => (one.type === 'messageSent' ? `${one.queueArn} ${one.body}` : one.type));
    expect(sent).toEqual([
      `${queueArn('dead')} a`,
      `${queueArn('dead')} b`,
      `${queueArn('orders')} a`,
      `${queueArn('orders')} b`,
    ]);
  });
});
