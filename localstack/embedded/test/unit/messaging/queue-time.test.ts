import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Messaging } from '#embedded/messaging/index.ts';
import { OUTSIDE } from '#embedded/types.ts';
import { createVirtualTime, type VirtualTime } from '#embedded/virtual-time.ts';
import { aMessaging, aQueue, queueArn, type Received, receive, send, urlOf } from './fixture.ts';

const redrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn('dead'), maxReceiveCount: 1 });

let time: VirtualTime;
let messaging: Messaging;

beforeEach(async () => {
  time = createVirtualTime({ start: 1_000 });
  messaging = await aMessaging({
    ports: time,
    queues: [
      aQueue('orders', { visibility_timeout_seconds: 30, message_retention_seconds: 60 }),
      aQueue('fragile', { visibility_timeout_seconds: 5, redrive_policy: redrivePolicy }),
      aQueue('dead', { message_retention_seconds: 120 }),
    ],
  });
});

const call = (operation: string, input: object) => messaging.sqs.call(operation, { ...input }, OUTSIDE);

/** A long poll of twenty seconds, with the time at which it ended. */
async function poll(queue: string): Promise<{ bodies: string[]; at: number }> {
  const messages = await receive(messaging, queue, { WaitTimeSeconds: 20 });
  return { bodies: messages.map(({ Body }) => Body), at: time.clock.now() };
}

describe('time in a queue', () => {
  it('ends a long poll with nothing after its wait', async () => {
    const polled = poll('orders');
    await time.advance(19_999);
    expect(await Promise.race([polled, 'waits'])).toBe('waits');
    await time.advance(1);

    expect(await polled).toEqual({ bodies: [], at: 21_000 });
  });

  it('ends a long poll when a delay is over', async () => {
    await send(messaging, 'orders', 'late', { DelaySeconds: 7 });
    const polled = poll('orders');
    await time.advance(10_000);

    expect(await polled).toEqual({ bodies: ['late'], at: 8_000 });
  });

  it('ends a long poll when a visibility timeout is over, also one that began meanwhile', async () => {
    const polled = poll('orders');
    await send(messaging, 'orders', 'first');
    await polled;
    const waiting = [poll('orders'), poll('orders')];
    await time.advance(5_000);
    await send(messaging, 'orders', 'second');
    await time.advance(15_000);
    expect((await Promise.all(waiting)).map(({ bodies }) => bodies)).toEqual([['second'], []]);

    const again = poll('orders');
    await time.advance(20_000);
    expect(await again).toEqual({ bodies: ['first'], at: 31_000 });
  });

  it('lets a visibility timeout be changed, in flight alone, and deletes by the latest handle even after it', async () => {
    await send(messaging, 'orders', 'kept');
    const [message] = (await receive(messaging, 'orders')) as [Received];
    const { ReceiptHandle } = message;
    const change = (VisibilityTimeout: number) =>
      call('ChangeMessageVisibility', { QueueUrl: urlOf('orders'), ReceiptHandle, VisibilityTimeout });
    await change(2);
    await time.advance(2_000);
    await expect(change(2)).rejects.toMatchObject({ code: 'MessageNotInflight' });
    await call('DeleteMessage', { QueueUrl: urlOf('orders'), ReceiptHandle });

    expect(await receive(messaging, 'orders')).toEqual([]);
    await expect(change(2)).rejects.toMatchObject({ code: 'InvalidParameterValue' });
  });

  it('does not delete by the handle of an earlier receive', async () => {
    await send(messaging, 'orders', 'kept');
    const [first] = (await receive(messaging, 'orders')) as [Received];
    await time.advance(30_000);
    const [second] = (await receive(messaging, 'orders')) as [Received];
    await call('DeleteMessage', { QueueUrl: urlOf('orders'), ReceiptHandle: first.ReceiptHandle });
    await time.advance(29_000);
    await call('ChangeMessageVisibility', {
      QueueUrl: urlOf('orders'),
      ReceiptHandle: second.ReceiptHandle,
      VisibilityTimeout: 0,
    });

    expect(await receive(messaging, 'orders')).toMatchObject([
      {
        Attributes: {
          ApproximateReceiveCount: '3',
          ApproximateFirstReceiveTimestamp: '1000',
          SentTimestamp: '1000',
          SenderId: '000000000000',
        },
      },
    ]);
  });

  it('drops what is older than the retention, which a dead letter counts from its first sending', async () => {
    await send(messaging, 'orders', 'old');
    await send(messaging, 'fragile', 'dies');
    await receive(messaging, 'fragile');
    await time.advance(60_000);
    expect(await receive(messaging, 'orders', { VisibilityTimeout: 0 })).toHaveLength(1);
    await time.advance(1);
    expect(await receive(messaging, 'orders')).toEqual([]);

    expect(await receive(messaging, 'fragile')).toEqual([]);
    expect(await receive(messaging, 'dead', { VisibilityTimeout: 0 })).toHaveLength(1);
    await time.advance(60_000);
    expect(await receive(messaging, 'dead')).toEqual([]);
  });
});

describe('a message move task with a rate', () => {
  const list = async () => (await call('ListMessageMoveTasks', { SourceArn: queueArn('dead') })).Results;

  beforeEach(async () => {
    for (const body of ['a', 'b', 'c']) await send(messaging, 'dead', body);
  });

  const start = () =>
    call('StartMessageMoveTask', {
      SourceArn: queueArn('dead'),
      DestinationArn: queueArn('orders'),
      MaxNumberOfMessagesPerSecond: 1,
    });

  it('moves so many a second, alone on its queue', async () => {
    await start();
    expect(await list()).toMatchObject([{ Status: 'RUNNING', ApproximateNumberOfMessagesMoved: 1 }]);
    await expect(start()).rejects.toThrow('There is already a task running');
    await time.advance(1_000);
    expect(await list()).toMatchObject([{ Status: 'RUNNING', ApproximateNumberOfMessagesMoved: 2 }]);
    await time.advance(1_000);

    expect(await list()).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 3 }]);
    expect(await receive(messaging, 'orders')).toHaveLength(3);
  });

  it('can be cancelled while it runs', async () => {
    const { TaskHandle } = await start();
    expect(await call('CancelMessageMoveTask', { TaskHandle })).toEqual({ ApproximateNumberOfMessagesMoved: 1 });
    await time.advance(5_000);

    expect(await list()).toMatchObject([{ Status: 'CANCELLED', ApproximateNumberOfMessagesMoved: 1 }]);
    await expect(call('CancelMessageMoveTask', { TaskHandle })).rejects.toThrow('Only active tasks');
    await expect(call('CancelMessageMoveTask', { TaskHandle: 'other' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });
});
