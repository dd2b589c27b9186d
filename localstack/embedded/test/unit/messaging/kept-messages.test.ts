import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Journal, openJournal } from '#embedded/journal.ts';
import type { Messaging } from '#embedded/messaging/index.ts';
import { OUTSIDE, type StackResource } from '#embedded/types.ts';
import { aMessaging, aQueue, aSubscription, aTopic, queueArn, receive, send, topicArn, urlOf } from './fixture.ts';

const redrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn('dead'), maxReceiveCount: 2 });
const stackQueues = [
  aQueue('orders', { redrive_policy: redrivePolicy, visibility_timeout_seconds: 30 }),
  aQueue('dead'),
];

let folder: string;
const opened: { journal: Journal; messaging: Messaging }[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-messages-'));
});
afterEach(async () => {
  for (const { journal, messaging } of opened.splice(0)) {
    await messaging.close();
    await journal.close();
  }
  rmSync(folder, { recursive: true });
});

const journalFile = (): string => join(folder, 'journal.jsonl');

/** As the next process would have it after a kill: the former ones are never closed. */
async function start(queues: readonly StackResource[] = stackQueues): Promise<Messaging> {
  const journal = openJournal(journalFile());
  const messaging = await aMessaging({
    queues,
    topics: [aTopic('bookings')],
    subscriptions: queues.some(({ name }) => name === 'orders') ? [aSubscription('bookings', 'orders')] : [],
    journal,
  });
  opened.push({ journal, messaging });
  return messaging;
}

const call = (messaging: Messaging, operation: string, input: Record<string, unknown>) =>
  messaging.sqs.call(operation, { QueueUrl: urlOf('orders'), ...input }, OUTSIDE);

async function counts(messaging: Messaging, queue = 'orders'): Promise<number[]> {
  const { Attributes } = await call(messaging, 'GetQueueAttributes', {
    QueueUrl: urlOf(queue),
    AttributeNames: ['All'],
  });
  const attributes = Attributes as Record<string, string>;
  return ['', 'NotVisible', 'Delayed'].map((kind) => Number(attributes[`ApproximateNumberOfMessages${kind}`]));
}

describe('messages of a queue of the stack', () => {
  it('given some that nobody has received, when the next process starts, then they are there in order, as they were sent', async () => {
    const first = await start();
    const attributes = { Kind: { DataType: 'String', StringValue: 'late' } };
    const { MessageId } = await send(first, 'orders', 'one', { MessageAttributes: attributes });
    await send(first, 'orders', 'two');

    const messages = await receive(await start(), 'orders', {
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
    });
    expect(messages.map(({ Body }) => Body)).toEqual(['one', 'two']);
    expect(messages[0]).toMatchObject({ MessageId, MessageAttributes: attributes });
  });

  it('given one that was deleted, when the next process starts, then it is gone', async () => {
    const first = await start();
    await send(first, 'orders', 'done');
    const [message] = await receive(first, 'orders');
    await call(first, 'DeleteMessage', { ReceiptHandle: message?.ReceiptHandle });

    expect(await counts(await start())).toEqual([0, 0, 0]);
  });

  it('given one whose receiver died with the process, when the next one starts, then it comes at once and counts its receives', async () => {
    const first = await start();
    await send(first, 'orders', 'hard');
    await receive(first, 'orders');

    const second = await start();
    const [message] = await receive(second, 'orders', { MessageSystemAttributeNames: ['ApproximateReceiveCount'] });
    expect(message).toMatchObject({ Body: 'hard', Attributes: { ApproximateReceiveCount: '2' } });
  });

  it('given one that was received too often, when the next process starts, then it is in the dead-letter queue alone', async () => {
    let current = await start();
    await send(current, 'orders', 'poison');
    for (const _ of [1, 2]) {
      await receive(current, 'orders');
      current = await start();
    }
    expect(await receive(current, 'orders')).toEqual([]);

    const next = await start();
    expect([await counts(next), await counts(next, 'dead')]).toEqual([
      [0, 0, 0],
      [1, 0, 0],
    ]);
    await call(next, 'StartMessageMoveTask', { SourceArn: queueArn('dead') });
    const last = await start();
    expect([await counts(last), await counts(last, 'dead')]).toEqual([
      [1, 0, 0],
      [0, 0, 0],
    ]);
  });

  it('given a kill between any two lines of the journal, then a message that moves is never in no queue', async () => {
    const first = await start([
      aQueue('orders', { redrive_policy: redrivePolicy, visibility_timeout_seconds: 0 }),
      aQueue('dead'),
    ]);
    await send(first, 'orders', 'moves');
    for (const expected of [1, 1, 0]) expect(await receive(first, 'orders')).toHaveLength(expected);
    await call(first, 'StartMessageMoveTask', { SourceArn: queueArn('dead') });
    const lines = readFileSync(journalFile(), 'utf8').split('\n').slice(0, -1);

    const where: string[] = [];
    for (let kept = 1; kept <= lines.length; kept += 1) {
      writeFileSync(journalFile(), `${lines.slice(0, kept).join('\n')}\n`);
      const next = await start();
      where.push(`${(await counts(next))[0]} ${(await counts(next, 'dead'))[0]}`);
    }
    // Sent, received twice, dead, moved back as a new message, and then out of the dead letters: at least once, as on AWS.
    expect(where).toEqual(['1 0', '1 0', '1 0', '0 1', '1 1', '1 0']);
  });

  it('given one that is delayed, when the next process starts, then it is still delayed', async () => {
    await send(await start(), 'orders', 'later', { DelaySeconds: 60 });

    expect(await counts(await start())).toEqual([0, 0, 1]);
  });

  it('given a purge, when the next process starts, then nothing is left', async () => {
    const first = await start();
    await send(first, 'orders', 'one');
    await send(first, 'dead', 'other');
    await call(first, 'PurgeQueue', {});

    const second = await start();
    expect([await counts(second), await counts(second, 'dead')]).toEqual([
      [0, 0, 0],
      [1, 0, 0],
    ]);
  });

  it('given a message on a topic, when it has been answered, then its copies outlive the process', async () => {
    const first = await start();
    await first.sns.call('Publish', { TopicArn: topicArn('bookings'), Message: 'told' }, OUTSIDE);

    expect(JSON.parse((await receive(await start(), 'orders'))[0]?.Body ?? '{}').Message).toBe('told');
  });

  it('given a queue that another stack has, when this one starts, then its messages wait for that stack', async () => {
    await send(await start(), 'orders', 'waits');
    await start([aQueue('other')]);

    expect(await counts(await start())).toEqual([1, 0, 0]);
  });

  it('given a queue that was made by a call, when the next process starts, then neither it nor its messages are there', async () => {
    const first = await start();
    await call(first, 'CreateQueue', { QueueName: 'extra' });
    await send(first, 'extra', 'gone');

    const second = await start();
    await call(second, 'CreateQueue', { QueueName: 'extra' });
    expect(await counts(second, 'extra')).toEqual([0, 0, 0]);
  });
});
