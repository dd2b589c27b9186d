import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Messaging } from '#embedded/messaging/index.ts';
import { createMailbox } from '#embedded/messaging/mailbox.ts';
import { AwsError, OUTSIDE } from '#embedded/types.ts';
import {
  aMessaging,
  aQueue,
  aSubscription,
  aTopic,
  type Call,
  queueArn,
  receive,
  topicArn,
  unique,
} from './fixture.ts';

const topic = unique('bookings');
const all = unique('all');
const confirmed = unique('confirmed');
const dear = unique('dear');
const lost = unique('lost');

let messaging: Messaging & { calls: Call[] };
let requests: unknown[];
let warnings: string[];
let refused: string | undefined;

const call = (operation: string, input: object) =>
  messaging.sns.call(operation, { ...input } as Record<string, unknown>, OUTSIDE);

const publish = (message: string, more: object = {}) =>
  call('Publish', { TopicArn: topicArn(topic), Message: message, ...more });

const status = (value: string) => ({
  MessageAttributes: { 'Booking.Status': { DataType: 'String', StringValue: value } },
});

beforeEach(async () => {
  requests = [];
  warnings = [];
  refused = undefined;
  messaging = await aMessaging({
    queues: [aQueue(all), aQueue(confirmed), aQueue(dear), aQueue(lost)],
    queuePolicies: [
      { type: 'aws_sqs_queue_policy', name: 'p', attributes: { queue_url: `http://h/0/${all}`, policy: '{"a":1}' } },
    ],
    topics: [aTopic(topic)],
    subscriptions: [
      aSubscription(topic, all, { redrive_policy: JSON.stringify({ deadLetterTargetArn: queueArn(lost) }) }),
      aSubscription(topic, confirmed, {
        raw_message_delivery: true,
        filter_policy: JSON.stringify({ 'Booking.Status': ['confirmed'] }),
      }),
      aSubscription(topic, dear, {
        filter_policy: JSON.stringify({ price: { amount: [{ numeric: ['>', 100] }] } }),
        filter_policy_scope: 'MessageBody',
      }),
      {
        type: 'aws_sns_topic_subscription',
        name: 'mail',
        attributes: { topic_arn: topicArn(topic), protocol: 'email', endpoint: 'ops@example.com' },
      },
    ],
    authorizeService: (request) => {
      requests.push(request);
      if (request.resource === refused) throw new AwsError('AccessDenied', 'the queue policy says no', 403);
    },
    warn: (message) => void warnings.push(message),
  });
});

afterEach(() => messaging.close());

describe('publishing', () => {
  it('wraps the message for a queue, with subject and attributes', async () => {
    const { MessageId } = await publish('hello', { Subject: 'Booked', ...status('cancelled') });
    const [message] = await receive(messaging, all);

    expect(JSON.parse(message?.Body ?? '')).toMatchObject({
      Type: 'Notification',
      MessageId,
      TopicArn: topicArn(topic),
      Subject: 'Booked',
      Message: 'hello',
      Timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      MessageAttributes: { 'Booking.Status': { Type: 'String', Value: 'cancelled' } },
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
        policy: '{"a":1}',
      },
    ]);
  });

  it('succeeds when a queue refuses: the dead-letter queue gets the copy and one warning names the queue', async () => {
    refused = queueArn(all);
    await publish('hello');
    await publish('again');

    expect(await receive(messaging, all)).toEqual([]);
    expect(await receive(messaging, lost)).toHaveLength(2);
    expect(warnings).toEqual([expect.stringContaining(queueArn(all))]);
  });

  it('takes the message for queues out of a structured one', async () => {
    await publish(JSON.stringify({ default: 'd', sqs: 'for queues' }), { MessageStructure: 'json' });
    const [message] = await receive(messaging, all);

    expect(JSON.parse(message?.Body ?? '').Message).toBe('for queues');
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

describe('subscriptions', () => {
  it('can be made and ended while running', async () => {
    const { SubscriptionArn } = await call('Subscribe', {
      TopicArn: topicArn(topic),
      Protocol: 'sqs',
      Endpoint: queueArn(lost),
      Attributes: { RawMessageDelivery: 'true', FilterPolicy: '{"kind":[{"prefix":"a"}]}' },
    });
    await publish('x', { MessageAttributes: { kind: { DataType: 'String', StringValue: 'apple' } } });
    expect(await receive(messaging, lost)).toMatchObject([{ Body: 'x' }]);

    await call('Unsubscribe', { SubscriptionArn });
    await publish('y', { MessageAttributes: { kind: { DataType: 'String', StringValue: 'apple' } } });
    expect(await receive(messaging, lost)).toEqual([]);
  });

  it('by e-mail get the messages that match, in a mailbox instead of a mail', async () => {
    const lines: string[] = [];
    const mailbox = createMailbox((line) => lines.push(line));
    const name = unique('mailed');
    const toOwner = {
      protocol: 'email',
      endpoint: 'owner@example.com',
      filter_policy: '{"Booking.Status":["confirmed"]}',
    };
    const mailing = await aMessaging({
      topics: [aTopic(name)],
      subscriptions: [aSubscription(name, 'nobody', toOwner)],
      mailbox,
    });
    const send = (Message: string, Subject: string | undefined, value: string) =>
      mailing.sns.call('Publish', { TopicArn: topicArn(name), Message, Subject, ...status(value) }, OUTSIDE);
    await send('booked', 'Good news', 'confirmed');
    await send('cancelled', 'Bad news', 'cancelled');
    await send('again', undefined, 'confirmed');
    await mailing.close();

    expect(mailbox.mails().map(({ sentAt, ...mail }) => mail)).toEqual([
      { to: 'owner@example.com', subject: 'Good news', body: 'booked', topicArn: topicArn(name) },
      { to: 'owner@example.com', subject: 'AWS Notification Message', body: 'again', topicArn: topicArn(name) },
    ]);
    expect(lines).toEqual([
      'To owner@example.com: Good news | booked',
      'To owner@example.com: AWS Notification Message | again',
    ]);
  });

  it('by e-mail are recorded as pending', async () => {
    const { Subscriptions } = await call('ListSubscriptionsByTopic', { TopicArn: topicArn(topic) });

    expect(Subscriptions).toHaveLength(4);
    expect(Subscriptions).toContainEqual({
      SubscriptionArn: 'PendingConfirmation',
      Owner: '000000000000',
      Protocol: 'email',
      Endpoint: 'ops@example.com',
      TopicArn: topicArn(topic),
    });
  });

  it.each([
    ['an unknown operator', { filter_policy: '{"a":[{"sounds-like":"b"}]}' }, 'unknown operator "sounds-like"'],
    ['a protocol that nobody serves', { protocol: 'lambda' }, 'Protocol lambda'],
  ])('of the stack with %s do not load', async (_what, attributes, message) => {
    const options = {
      queues: [aQueue(all)],
      topics: [aTopic(topic)],
      subscriptions: [aSubscription(topic, all, attributes)],
    };

    await expect(aMessaging(options)).rejects.toThrow(message);
  });
});
