import { type Json, textMembers } from '../json.ts';
import { paged } from '../page.ts';
import { createService, guarded, type Operation } from '../service.ts';
import { each, type Shape } from '../shape.ts';
import { type Authorize, AwsError, type AwsService } from '../types.ts';
import type { FanOut } from './delivery.ts';
import { invalidSnsParameter } from './error-codes.ts';
import { checkGivenPolicy } from './given-policy.ts';
import { messageAttributes } from './message-rules.ts';
import { createPublish } from './publish.ts';
import { noFifoTopic } from './queue/settings.ts';
import { checkTopicAttribute } from './sns-attributes.ts';
import type { Subscription, Topic } from './topics.ts';

interface SnsOptions extends FanOut {
  readonly accountId: string;
  readonly authorize: Authorize;
}

/** SNS with the SDK's input and output shapes. */
export function createSns(options: SnsOptions): AwsService {
  const { topics, accountId, authorize } = options;
  /** Most operations: one topic, one permission on it, which is asked before whether the topic exists. */
  const onTopic =
    (iamAction: string, run: (topic: Topic, input: Json) => Promise<Json> | Json): Operation =>
    (input, caller) => {
      authorize(caller, `sns:${iamAction}`, String(input.TopicArn));
      return run(topics.find(input.TopicArn), input);
    };
  const onSubscription =
    (iamAction: string, run: (subscription: Subscription, input: Json) => Json): Operation =>
    (input, caller) => {
      const arn = String(input.SubscriptionArn);
      authorize(caller, `sns:${iamAction}`, arn.split(':').slice(0, 6).join(':'));
      const subscription = topics.subscription(arn);
      if (!subscription) throw new AwsError('NotFoundException', 'Subscription does not exist', 404);
      return run(subscription, input);
    };
  const asked = guarded('sns', authorize);
  const listed = (subscription: Subscription) => ({
    SubscriptionArn: subscription.protocol === 'sqs' ? subscription.arn : 'PendingConfirmation',
    Owner: accountId,
    Protocol: subscription.protocol,
    Endpoint: subscription.endpoint,
    TopicArn: subscription.topicArn,
  });

  const publish = createPublish(options);
  const operations: Record<string, Operation> = {
    Publish: (input, caller) => {
      if (input.PhoneNumber !== undefined) {
        throw invalidSnsParameter('PhoneNumber Reason: the local cloud publishes to topics alone');
      }
      const TopicArn = input.TopicArn ?? input.TargetArn;
      return onTopic('Publish', publish.one)({ ...input, TopicArn }, caller);
    },
    PublishBatch: onTopic('Publish', publish.batch),
    CreateTopic: (input, caller) => {
      const name = String(input.Name ?? '');
      authorize(caller, 'sns:CreateTopic', topics.arnOf(name));
      const attributes = textMembers(input.Attributes);
      if (name.endsWith('.fifo') || attributes.FifoTopic === 'true') throw invalidSnsParameter(noFifoTopic);
      if (!/^[\w-]{1,256}$/.test(name)) throw invalidSnsParameter('Topic Name');
      // `false` is what a topic without it has.
      delete attributes.FifoTopic;
      for (const [attribute, value] of Object.entries(attributes)) checkTopicAttribute(attribute, value, 'made');
      checkGivenPolicy(attributes.Policy, invalidPolicy);
      const topic = topics.create(name, attributes, tagsOf(input.Tags));
      topics.remember(topic);
      return { TopicArn: topic.arn };
    },
    DeleteTopic: asked(
      'DeleteTopic',
      ({ TopicArn }) => String(TopicArn),
      ({ TopicArn }) => {
        topics.delete(TopicArn);
        return {};
      },
    ),
    ListTopics: asked('ListTopics', '*', (input) => {
      const all = topics.all().map(({ arn }) => ({ TopicArn: arn }));
      return paged('Topics', all, input, listing);
    }),
    GetTopicAttributes: onTopic('GetTopicAttributes', (topic) => ({
      Attributes: topicAttributes(topic, topics.subscriptions(topic.arn), accountId),
    })),
    SetTopicAttributes: onTopic('SetTopicAttributes', (topic, { AttributeName, AttributeValue = '' }) => {
      const [name, value] = [String(AttributeName), String(AttributeValue)];
      checkTopicAttribute(name, value, 'changed');
      if (name === 'Policy') checkGivenPolicy(value, invalidPolicy);
      topic.attributes[name] = value;
      topics.remember(topic);
      return {};
    }),
    ListTagsForResource: asked(
      'ListTagsForResource',
      ({ ResourceArn }) => String(ResourceArn),
      ({ ResourceArn }) => ({
        Tags: Object.entries(topics.find(ResourceArn).tags).map(([Key, Value]) => ({ Key, Value })),
      }),
    ),
    Subscribe: onTopic('Subscribe', (topic, input) => {
      const { Protocol = '', Endpoint = '' } = input as Readonly<Record<string, string>>;
      if (!Endpoint) throw invalidSnsParameter('Endpoint');
      const subscription = topics.subscribe({
        topicArn: topic.arn,
        protocol: Protocol,
        endpoint: Endpoint,
        attributes: textMembers(input.Attributes),
        ofStack: false,
      });
      // Text in the query protocol, a boolean from inside.
      const pending = Protocol !== 'sqs' && ![true, 'true'].includes(input.ReturnSubscriptionArn as string | boolean);
      return { SubscriptionArn: pending ? 'pending confirmation' : subscription.arn };
    }),
    Unsubscribe: onSubscription('Unsubscribe', ({ arn }) => {
      topics.unsubscribe(arn);
      return {};
    }),
    ListSubscriptions: asked('ListSubscriptions', '*', (input) =>
      paged('Subscriptions', topics.subscriptions().map(listed), input, listing),
    ),
    ListSubscriptionsByTopic: onTopic('ListSubscriptionsByTopic', (topic, input) =>
      paged('Subscriptions', topics.subscriptions(topic.arn).map(listed), input, listing),
    ),
    GetSubscriptionAttributes: onSubscription('GetSubscriptionAttributes', (subscription) => ({
      Attributes: {
        ...listed(subscription),
        SubscriptionArn: subscription.arn,
        PendingConfirmation: String(subscription.protocol !== 'sqs'),
        RawMessageDelivery: 'false',
        ...subscription.attributes,
      },
    })),
    SetSubscriptionAttributes: onSubscription('SetSubscriptionAttributes', (subscription, input) => {
      topics.setAttribute(subscription, String(input.AttributeName), String(input.AttributeValue ?? ''));
      return {};
    }),
  };

  return createService('SNS', operations, { CreateTopic: ['DataProtectionPolicy'] }, members);
}

const invalidPolicy = (problem: string): AwsError => invalidSnsParameter(`Policy Reason: ${problem}`);

/** Of a message, and of an entry of a batch. */
const message = {
  ...each('text', 'Message', 'MessageDeduplicationId', 'MessageGroupId', 'MessageStructure', 'Subject'),
  MessageAttributes: messageAttributes,
};

const members: Shape = {
  ...message,
  ...each('text', 'AttributeName', 'AttributeValue', 'Endpoint', 'Name', 'NextToken', 'Protocol', 'ResourceArn'),
  ...each('text', 'SubscriptionArn', 'TargetArn', 'TopicArn'),
  Attributes: { '*': 'text' },
  PublishBatchRequestEntries: [{ ...message, Id: 'text' }],
  Tags: [{ Key: 'text', Value: 'text' }],
};

const listing = { token: 'NextToken', most: 100, code: 'InvalidParameterException' };

const tagsOf = (given: unknown): Record<string, string> =>
  Object.fromEntries(((given ?? []) as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]));

function topicAttributes(topic: Topic, subscriptions: readonly Subscription[], accountId: string) {
  const confirmed = subscriptions.filter(({ protocol }) => protocol === 'sqs').length;
  return {
    TopicArn: topic.arn,
    Owner: accountId,
    DisplayName: '',
    SubscriptionsConfirmed: String(confirmed),
    SubscriptionsPending: String(subscriptions.length - confirmed),
    SubscriptionsDeleted: '0',
    ...topic.attributes,
  };
}
