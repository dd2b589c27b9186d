import { afterEach, beforeEach } from '@jest/globals';
import type { Messaging } from '#embedded/messaging/index.ts';
import { AwsError, OUTSIDE } from '#embedded/types.ts';
import { aMessaging, aQueue, aSubscription, aTopic, type Call, queueArn, topicArn, unique } from './fixture.ts';

export const topic = unique('news');

export const all = unique('all');

export const confirmed = unique('confirmed');

export const dear = unique('dear');

export const lost = unique('lost');

export let messaging: Messaging & { calls: Call[] };

export let requests: unknown[];

export let warnings: string[];

export let refused: string | undefined;

export const call = (operation: string, input: object) =>
  messaging.sns.call(operation, { ...input } as Record<string, unknown>, OUTSIDE);

export const publish = (message: string, more: object = {}) =>
  call('Publish', { TopicArn: topicArn(topic), Message: message, ...more });

export const status = (value: string) => ({
  MessageAttributes: { 'Order.Status': { DataType: 'String', StringValue: value } },
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
        filter_policy: JSON.stringify({ 'Order.Status': ['confirmed'] }),
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

export const setRefused = (value: typeof refused): void => {
  refused = value;
};
