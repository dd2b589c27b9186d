/** From the attributes of the Terraform provider to those of SQS and SNS. */
import type { StackResource } from '../types.ts';
import type { Queues } from './queues.ts';
import type { Topics } from './topics.ts';

/** Encryption is not among them: the embedded cloud keeps messages in memory. */
const queueAttributes: Readonly<Record<string, string>> = {
  delay_seconds: 'DelaySeconds',
  visibility_timeout_seconds: 'VisibilityTimeout',
  message_retention_seconds: 'MessageRetentionPeriod',
  receive_wait_time_seconds: 'ReceiveMessageWaitTimeSeconds',
  max_message_size: 'MaximumMessageSize',
  redrive_policy: 'RedrivePolicy',
  redrive_allow_policy: 'RedriveAllowPolicy',
  policy: 'Policy',
  fifo_queue: 'FifoQueue',
  content_based_deduplication: 'ContentBasedDeduplication',
};

const topicAttributes: Readonly<Record<string, string>> = {
  display_name: 'DisplayName',
  policy: 'Policy',
  fifo_topic: 'FifoTopic',
  content_based_deduplication: 'ContentBasedDeduplication',
};

const subscriptionAttributes: Readonly<Record<string, string>> = {
  raw_message_delivery: 'RawMessageDelivery',
  filter_policy: 'FilterPolicy',
  filter_policy_scope: 'FilterPolicyScope',
  redrive_policy: 'RedrivePolicy',
};

type Resources = Readonly<Record<'queues' | 'queuePolicies' | 'topics' | 'subscriptions', readonly StackResource[]>>;

export function createStackQueues({ queues, queuePolicies }: Resources, created: Queues): void {
  for (const resource of queues) {
    const { name, tags, arn } = resource.attributes;
    const attributes = translated(resource, queueAttributes);
    if (attributes.FifoQueue === 'false') delete attributes.FifoQueue;
    naming(resource, () => created.create(name, attributes, tags ?? {}));
    if (arn !== undefined && arn !== created.arnOf(name)) throw new Error(`${label(resource)}: unexpected ARN ${arn}`);
  }
  for (const resource of queues) {
    const policy = translated(resource, queueAttributes).RedrivePolicy;
    const target = policy && naming(resource, () => JSON.parse(policy).deadLetterTargetArn);
    if (target && !created.findByArn(target)) {
      throw new Error(`${label(resource)}: redrive_policy names ${target}, which is no queue of this stack`);
    }
  }
  for (const resource of queuePolicies) {
    const { queue_url: url, policy } = resource.attributes;
    const queue = created.find(String(url).split('/').at(-1) ?? '');
    if (!queue) throw new Error(`${label(resource)}: queue_url ${url} is no queue of this stack`);
    queue.attributes.Policy = typeof policy === 'string' ? policy : JSON.stringify(policy);
  }
}

export function createStackTopics({ topics }: Resources, created: Topics): void {
  for (const resource of topics) {
    const { name, tags } = resource.attributes;
    created.create(name, translated(resource, topicAttributes), tags ?? {});
  }
}

export function createStackSubscriptions({ subscriptions }: Resources, created: Topics): void {
  for (const resource of subscriptions) {
    const { topic_arn: topicArn, protocol, endpoint } = resource.attributes;
    const attributes = translated(resource, subscriptionAttributes);
    naming(resource, () => created.subscribe(topicArn, protocol, endpoint, attributes));
  }
}

function translated({ attributes }: StackResource, names: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(names).flatMap(([terraform, aws]) => {
      const value = attributes[terraform];
      if (value === undefined || value === null || value === '') return [];
      return [[aws, typeof value === 'object' ? JSON.stringify(value) : String(value)]];
    }),
  );
}

const label = ({ type, name }: StackResource) => `${type}.${name}`;

function naming<T>(resource: StackResource, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    throw new Error(`${label(resource)}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
