import { parsedJson } from '../json.ts';
import type { Ports } from '../ports.ts';
import { AwsError } from '../types.ts';
import { messageOf } from '../values.ts';
import { defaultSubject, type Mail, type Mailbox } from './mailbox.ts';
import type { MessageAttributes } from './queue/message.ts';
import type { Queues } from './queues.ts';
import { sendMessage } from './sqs-messages.ts';
import type { Subscription, Topic, Topics } from './topics.ts';

/** `policy` is the queue's present resource policy where the stack's file does not have it. Throws when refused. */
export type AuthorizeService = (request: {
  principal: string;
  action: string;
  resource: string;
  sourceArn: string;
  policy?: string | undefined;
}) => void;

export interface Notification {
  readonly messageId: string;
  /** The text for a protocol's subscribers. */
  readonly messageFor: (protocol: string) => string;
  readonly subject?: string | undefined;
  readonly attributes: MessageAttributes;
  /** For queues alone; https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
  readonly groupId?: string | undefined;
}

/** What one service sends to a queue of the account. */
export interface QueueMail {
  readonly principal: string;
  readonly sourceArn: string;
  readonly queueArn: string;
  readonly body: string;
  readonly attributes?: MessageAttributes | undefined;
  readonly groupId?: string | undefined;
}

/** @throws AwsError when the queue is missing, or its policy does not let this principal send for this source. */
export type SendAsService = (mail: QueueMail) => Promise<void>;

export function createSendAsService(queues: Queues, authorizeService: AuthorizeService): SendAsService {
  return async ({ principal, sourceArn, queueArn, body, attributes = {}, groupId }) => {
    const queue = queues.findByArn(queueArn);
    if (!queue) throw new AwsError('QueueDoesNotExist', `there is no queue ${queueArn}`);
    const policy = queues.ownPolicyOf(queue);
    authorizeService({ principal, action: 'sqs:SendMessage', resource: queueArn, sourceArn, policy });
    sendMessage(queue, { MessageBody: body, MessageAttributes: attributes, MessageGroupId: groupId }, principal);
  };
}

export interface FanOut {
  readonly topics: Topics;
  readonly send: SendAsService;
  readonly mailbox?: Pick<Mailbox, 'deliver'> | undefined;
  readonly ports: Pick<Ports, 'clock' | 'randomness'>;
  readonly warn: (message: string) => void;
}

/** Delivers to every matching queue and mailbox. A delivery that fails is the subscriber's loss, not the publisher's error, as on AWS. */
export async function fanOut(topic: Topic, notification: Notification, options: FanOut): Promise<void> {
  const { topics, send, mailbox, warn, ports } = options;
  const sentAt = new Date(ports.clock.now()).toISOString();
  const deliveries = topics.subscriptions(topic.arn).map(async (subscription) => {
    if (!subscription.matches(filterView(subscription, notification))) return;
    if (subscription.protocol !== 'sqs') {
      mailbox?.deliver(letterFor(subscription, notification, sentAt));
      return;
    }
    const mail = mailFor(subscription, notification, sentAt);
    try {
      await send(mail);
    } catch (error) {
      const deadLetters = subscription.attributes.RedrivePolicy;
      warn(`SNS could not deliver from ${topic.arn} to ${subscription.endpoint}: ${messageOf(error)}`);
      if (deadLetters) await bury(mail, JSON.parse(deadLetters).deadLetterTargetArn, options);
    }
  });
  await Promise.all(deliveries);
}

async function bury(mail: QueueMail, queueArn: string, { send, warn }: FanOut): Promise<void> {
  try {
    await send({ ...mail, queueArn });
  } catch (error) {
    warn(`SNS could not deliver from ${mail.sourceArn} to its dead-letter queue ${queueArn}: ${messageOf(error)}`);
  }
}

function letterFor(subscription: Subscription, notification: Notification, sentAt: string): Mail {
  const { endpoint: to, topicArn, protocol } = subscription;
  const { subject = defaultSubject, messageFor } = notification;
  const isJson = protocol === 'email-json';
  const body = isJson ? JSON.stringify(envelope(subscription, notification, sentAt)) : messageFor(protocol);
  return { to, subject, body, topicArn, sentAt };
}

function mailFor(subscription: Subscription, notification: Notification, sentAt: string): QueueMail {
  const raw = subscription.attributes.RawMessageDelivery === 'true';
  return {
    principal: 'sns.amazonaws.com',
    sourceArn: subscription.topicArn,
    queueArn: subscription.endpoint,
    body: raw ? notification.messageFor('sqs') : JSON.stringify(envelope(subscription, notification, sentAt)),
    ...(raw && { attributes: notification.attributes }),
    groupId: notification.groupId,
  };
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html; the signature is no real one. */
function envelope({ topicArn, arn, protocol }: Subscription, notification: Notification, sentAt: string) {
  const attributes = Object.entries(notification.attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
    name,
    { Type: DataType, Value: StringValue ?? BinaryValue },
  ]);
  const region = topicArn.split(':')[3];
  return {
    Type: 'Notification',
    MessageId: notification.messageId,
    TopicArn: topicArn,
    ...(notification.subject && { Subject: notification.subject }),
    Message: notification.messageFor(protocol),
    Timestamp: sentAt,
    SignatureVersion: '1',
    Signature: 'EXAMPLE',
    SigningCertURL: `https://sns.${region}.amazonaws.com/SimpleNotificationService-0000000000000000000000.pem`,
    UnsubscribeURL: `https://sns.${region}.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${arn}`,
    ...(attributes.length > 0 && { MessageAttributes: Object.fromEntries(attributes) }),
  };
}

/** What a filter policy looks at: the body's JSON, or attributes as plain values. */
function filterView({ attributes, protocol }: Subscription, notification: Notification): unknown {
  if (attributes.FilterPolicyScope === 'MessageBody') return parsedJson(notification.messageFor(protocol));
  return Object.fromEntries(
    Object.entries(notification.attributes).map(([name, { DataType, StringValue }]) => {
      if (DataType === 'Number') return [name, Number(StringValue)];
      return [name, DataType === 'String.Array' ? parsedJson(StringValue ?? '') : StringValue];
    }),
  );
}
