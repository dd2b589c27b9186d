import { describe, expect, it } from '@jest/globals';
import { AwsError, OUTSIDE } from '#embedded/types.ts';
import { aMessaging, aQueue, aSubscription, aTopic, queueArn, receive, topicArn, urlOf } from './fixture.ts';
import {
  all,
  call,
  confirmed,
  dear,
  lost,
  messaging,
  publish,
  requests,
  setRefused,
  status,
  topic,
  warnings,
} from './sns-setup.ts';

describe('publishing', () => {
  it('wraps the message for a queue, with subject and attributes', async () => {
    const { MessageId } = await publish('hello', { Subject: 'Packed', ...status('cancelled') });
    const [message] = await receive(messaging, all);

    expect(JSON.parse(message?.Body ?? '')).toMatchObject({
      Type: 'Notification',
      MessageId,
      TopicArn: topicArn(topic),
      Subject: 'Packed',
      Message: 'hello',
      Timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      MessageAttributes: { 'Order.Status': { Type: 'String', Value: 'cancelled' } },
    });
    expect(message).not.toHaveProperty('MessageAttributes');
  });

  it('delivers raw, and only what a filter on attributes lets through', async () => {
    await publish('no', status('cancelled'));
    await publish('none');
    await publish('yes', status('confirmed'));

    expect(await receive(messaging, confirmed)).toMatchObject([{ Body: 'yes', ...status('confirmed') }]);
  });

  it('filters on the body', async () => {
    await publish(JSON.stringify({ price: { amount: 99 } }));
    await publish('not JSON');
    await publish(JSON.stringify({ price: { amount: 450 } }));

    const bodies = (await receive(messaging, dear)).map(({ Body }) => JSON.parse(Body).Message);
    expect(bodies).toEqual(['{"price":{"amount":450}}']);
  });

  it('asks the policy of each queue as the SNS service, for the topic', async () => {
    await publish('hello');

    expect(requests).toEqual([
      {
        principal: 'sns.amazonaws.com',
        action: 'sqs:SendMessage',
        resource: queueArn(all),
        sourceArn: topicArn(topic),
      },
    ]);
  });

  it('asks the policy that a call gave a queue in place of the one of the stack, also where it took it away', async () => {
    const other = JSON.stringify({ Statement: { Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*' } });
    for (const Policy of [other, '']) {
      const input = { QueueUrl: urlOf(all), Attributes: { Policy } };
      await messaging.sqs.call('SetQueueAttributes', input, OUTSIDE);
      await publish('hello');
    }

    expect(requests).toMatchObject([{ policy: other }, { policy: '' }]);
  });

  it('succeeds when a queue refuses: the dead-letter queue gets the copy and one warning names the queue', async () => {
    setRefused(queueArn(all));
    await publish('hello');
    await publish('again');

    expect(await receive(messaging, all)).toEqual([]);
    expect(await receive(messaging, lost)).toHaveLength(2);
    expect(warnings).toEqual([expect.stringContaining(queueArn(all))]);
  });

  it.each([
    ['its own text', { default: 'd', sqs: 'to queues', email: 'by mail' }, 'to queues', 'by mail', 'd'],
    ['the default where it has none', { default: 'd' }, 'd', 'd', 'd'],
  ])('gives each protocol of a structured message %s', async (_what, texts, toQueue, byMail, asJson) => {
    const mails: string[] = [];
    const topic = aTopic('structured');
    const toMail = (protocol: string) => aSubscription('structured', 'unused', { protocol, endpoint: 'a@example.com' });
    const own = await aMessaging({
      queues: [aQueue('target')],
      topics: [topic],
      subscriptions: [aSubscription('structured', 'target'), toMail('email'), toMail('email-json')],
      mailbox: { deliver: ({ body }) => void mails.push(body) },
    });
    const Message = JSON.stringify(texts);
    await own.sns.call('Publish', { TopicArn: topicArn('structured'), Message, MessageStructure: 'json' }, OUTSIDE);
    const [message] = await receive(own, 'target');
    await own.close();

    expect(JSON.parse(message?.Body ?? '').Message).toBe(toQueue);
    expect([mails[0], JSON.parse(mails[1] ?? '').Message]).toEqual([byMail, asJson]);
  });

  it('publishes the good entries of a batch', async () => {
    const answer = await call('PublishBatch', {
      TopicArn: topicArn(topic),
      PublishBatchRequestEntries: [
        { Id: 'a', Message: 'one' },
        { Id: 'b', Message: '' },
      ],
    });

    expect(answer).toMatchObject({ Successful: [{ Id: 'a' }], Failed: [{ Id: 'b', Code: 'InvalidParameter' }] });
    expect(await receive(messaging, all)).toHaveLength(1);
  });

  it.each([
    ['NotFoundException', { TopicArn: topicArn('nowhere'), Message: 'x' }],
    ['InvalidParameterException', { TopicArn: topicArn(topic), Message: '' }],
    ['InvalidParameterException', { TopicArn: topicArn(topic), Message: 'x', Subject: 'two\nlines' }],
    ['InvalidParameterException', { TopicArn: topicArn(topic), Message: 'x'.repeat(262_145) }],
    [
      'InvalidParameterException',
      { TopicArn: topicArn(topic), Message: 'x', MessageAttributes: { a: { DataType: 'Colour', StringValue: 'red' } } },
    ],
  ])('is refused with %s', async (code, input) => {
    await expect(call('Publish', input)).rejects.toMatchObject({ name: 'AwsError', code });
  });
});

describe('a subscription with dead letters', () => {
  it('given that they cannot be sent there either, when published, then the loss is told twice', async () => {
    const own = await aMessaging({
      queues: [aQueue('target'), aQueue('letters')],
      topics: [aTopic('told')],
      subscriptions: [
        aSubscription('told', 'target', {
          redrive_policy: JSON.stringify({ deadLetterTargetArn: queueArn('letters') }),
        }),
      ],
      authorizeService: ({ resource }) => {
        throw new AwsError('AccessDenied', `no to ${resource}`, 403);
      },
      warn: (message) => void warnings.push(message),
    });
    await own.sns.call('Publish', { TopicArn: topicArn('told'), Message: 'x' }, OUTSIDE);
    await own.close();

    expect(warnings).toEqual([
      expect.stringMatching(/could not deliver .* to .*:target: no to/),
      expect.stringMatching(/to its dead-letter queue .*:letters: no to/),
    ]);
  });

  it('given a dead-letter queue that is not there, then the stack does not load', async () => {
    const redrive_policy = JSON.stringify({ deadLetterTargetArn: queueArn('nowhere') });
    const parts = { queues: [aQueue('target')], topics: [aTopic('told')] };

    await expect(
      aMessaging({ ...parts, subscriptions: [aSubscription('told', 'target', { redrive_policy })] }),
    ).rejects.toThrow('aws_sns_topic_subscription.told-target: redrive_policy names');
  });
});

describe('permissions', () => {
  it.each([
    ['Publish', 'sns:Publish', { Message: 'x' }],
    ['PublishBatch', 'sns:Publish', { PublishBatchRequestEntries: [{ Id: 'a', Message: 'x' }] }],
    ['Subscribe', 'sns:Subscribe', { Protocol: 'sqs', Endpoint: queueArn(all) }],
    ['GetTopicAttributes', 'sns:GetTopicAttributes', {}],
  ])('%s needs %s on the topic', async (operation, action, input) => {
    await call(operation, { TopicArn: topicArn(topic), ...input });

    expect(messaging.calls).toEqual([{ action, resource: topicArn(topic) }]);
  });
});
