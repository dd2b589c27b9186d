import { describe, expect, it } from '@jest/globals';
import type { Messaging } from '#embedded/messaging/index.ts';
import { createMailbox } from '#embedded/messaging/mailbox.ts';
import { OUTSIDE } from '#embedded/types.ts';
import { aQueue, queueArn, send, topicArn, urlOf } from './fixture.ts';
import { afterAKill, call, counts, start } from './kept-setup.ts';

describe('what calls have made', () => {
  it('given a queue, when the next process starts, then it is there with its attributes and messages, and gone once it is deleted', async () => {
    const first = await start();
    await call(first, 'CreateQueue', { QueueName: 'extra', Attributes: { DelaySeconds: '0', VisibilityTimeout: '7' } });
    await call(first, 'SetQueueAttributes', { QueueUrl: urlOf('extra'), Attributes: { VisibilityTimeout: '9' } });
    await send(first, 'extra', 'kept');

    const second = await start();
    expect(await counts(second, 'extra')).toEqual([1, 0, 0]);
    expect(
      await call(second, 'GetQueueAttributes', { QueueUrl: urlOf('extra'), AttributeNames: ['VisibilityTimeout'] }),
    ).toEqual({ Attributes: { VisibilityTimeout: '9' } });
    await call(second, 'DeleteQueue', { QueueUrl: urlOf('extra') });
    const third = await start();
    await expect(counts(third, 'extra')).rejects.toMatchObject({ code: 'QueueDoesNotExist' });
    await call(third, 'CreateQueue', { QueueName: 'extra' });
    expect(await counts(third, 'extra')).toEqual([0, 0, 0]);
  });

  it('given attributes of a queue of the stack, when the next process starts, then those of its file hold', async () => {
    const first = await start();
    await call(first, 'SetQueueAttributes', { Attributes: { VisibilityTimeout: '9' } });

    expect(await call(await start(), 'GetQueueAttributes', { AttributeNames: ['VisibilityTimeout'] })).toEqual({
      Attributes: { VisibilityTimeout: '30' },
    });
  });

  it('given topics and subscriptions, when the next process starts, then they and the ARNs of the stack are the same', async () => {
    const first = await start();
    const sns = (messaging: Messaging, operation: string, input: Record<string, unknown> = {}) =>
      messaging.sns.call(operation, input, OUTSIDE);
    const { TopicArn } = await sns(first, 'CreateTopic', { Name: 'made' });
    await sns(first, 'Subscribe', { TopicArn, Protocol: 'sqs', Endpoint: queueArn('dead') });
    const ended = await sns(first, 'Subscribe', { TopicArn, Protocol: 'sqs', Endpoint: queueArn('orders') });
    await sns(first, 'Unsubscribe', { SubscriptionArn: ended.SubscriptionArn });
    const { Subscriptions } = await sns(first, 'ListSubscriptions');
    expect(Subscriptions).toHaveLength(2);

    const second = await start();
    const listed = (await sns(second, 'ListSubscriptions')).Subscriptions as unknown[];
    expect(listed).toHaveLength(2);
    expect(listed).toEqual(expect.arrayContaining(Subscriptions as unknown[]));
    await sns(second, 'Publish', { TopicArn, Message: 'x' });
    expect(await counts(second, 'dead')).toEqual([1, 0, 0]);
    expect((await sns(await start([aQueue('other')]), 'ListSubscriptions')).Subscriptions).toHaveLength(1);
  });

  it('given mails, when the next process starts, then the newest thousand are there', () => {
    const mail = (subject: string) => ({
      to: 'a@example.com',
      subject,
      body: '',
      topicArn: topicArn('news'),
      sentAt: '',
    });
    const first = createMailbox(afterAKill(), () => {});
    for (let count = 1; count <= 1_001; count += 1) first.deliver(mail(String(count)));

    const second = createMailbox(afterAKill(), () => {});
    second.deliver(mail('last'));
    const subjects = second.mails().map(({ subject }) => subject);
    expect([subjects.length, subjects[0], subjects.at(-1)]).toEqual([1_000, '3', 'last']);
  });
});
