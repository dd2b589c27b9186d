import { randomUUID } from 'node:crypto';
import { createMessaging, type Messaging, type MessagingOptions } from '#embedded/messaging/index.ts';
import { OUTSIDE, type StackResource } from '#embedded/types.ts';

export const environment = { region: 'us-east-1', accountId: '000000000000' };
export const queueArn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
export const topicArn = (name: string) => `arn:aws:sns:us-east-1:000000000000:${name}`;
export const urlOf = (name: string) => `http://some.host:1/000000000000/${name}`;
export const unique = (prefix: string) => `${prefix}-${randomUUID().slice(0, 8)}`;

export const aQueue = (name: string, attributes: StackResource['attributes'] = {}): StackResource => ({
  type: 'aws_sqs_queue',
  name,
  attributes: { name, arn: queueArn(name), ...attributes },
});

export const aTopic = (name: string): StackResource => ({
  type: 'aws_sns_topic',
  name,
  attributes: { name, arn: topicArn(name) },
});

export const aSubscription = (
  topic: string,
  queue: string,
  attributes: StackResource['attributes'] = {},
): StackResource => ({
  type: 'aws_sns_topic_subscription',
  name: `${topic}-${queue}`,
  attributes: { topic_arn: topicArn(topic), protocol: 'sqs', endpoint: queueArn(queue), ...attributes },
});

export interface Call {
  readonly action: string;
  readonly resource: string;
}

/** Everything allowed and noted, unless a test says otherwise. */
export async function aMessaging(options: Partial<MessagingOptions> = {}): Promise<Messaging & { calls: Call[] }> {
  const calls: Call[] = [];
  const messaging = createMessaging({
    topics: [],
    subscriptions: [],
    queues: [],
    queuePolicies: [],
    environment,
    authorize: (_caller, action, resource) => void calls.push({ action, resource }),
    authorizeService: () => {},
    publicUrl: () => 'http://127.0.0.1:4566',
    warn: () => {},
    ...options,
  });
  return { ...messaging, calls };
}

export interface Received {
  MessageId: string;
  ReceiptHandle: string;
  Body: string;
  MD5OfBody: string;
  MD5OfMessageAttributes?: string;
  Attributes?: Record<string, string>;
  MessageAttributes?: Record<string, { DataType: string; StringValue?: string }>;
}

/** Takes up to ten messages with everything that there is to know of them. */
export async function receive({ sqs }: Pick<Messaging, 'sqs'>, queue: string, more: object = {}): Promise<Received[]> {
  const { Messages = [] } = await sqs.call(
    'ReceiveMessage',
    {
      QueueUrl: urlOf(queue),
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
      ...more,
    },
    OUTSIDE,
  );
  return Messages as Received[];
}

export const send = ({ sqs }: Pick<Messaging, 'sqs'>, queue: string, body: string, more: object = {}) =>
  sqs.call('SendMessage', { QueueUrl: urlOf(queue), MessageBody: body, ...more }, OUTSIDE);
