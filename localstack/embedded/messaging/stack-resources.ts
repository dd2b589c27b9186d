/** From the attributes of the Terraform provider to those of SQS and SNS. */
import { addressOf, naming } from '../resource.ts';
import type { StackResource } from '../types.ts';
import type { Queue } from './queue/contract.ts';
import { checkAttributes, noFifo, noFifoTopic } from './queue/settings.ts';
import type { Queues } from './queues.ts';
import { checkRedrivePolicies } from './redrive-policy.ts';
import { checkTopicAttribute } from './sns-attributes.ts';
import type { Topics } from './topics.ts';

const queueAttributes: Readonly<Record<string, string>> = {
  delay_seconds: 'DelaySeconds',
  visibility_timeout_seconds: 'VisibilityTimeout',
  message_retention_seconds: 'MessageRetentionPeriod',
  receive_wait_time_seconds: 'ReceiveMessageWaitTimeSeconds',
  max_message_size: 'MaximumMessageSize',
  redrive_policy: 'RedrivePolicy',
  redrive_allow_policy: 'RedriveAllowPolicy',
  policy: 'Policy',
};

/** They are checked alone: the local cloud keeps messages as they are. */
const queueEncryption: Readonly<Record<string, string>> = {
  kms_master_key_id: 'KmsMasterKeyId',
  kms_data_key_reuse_period_seconds: 'KmsDataKeyReusePeriodSeconds',
  sqs_managed_sse_enabled: 'SqsManagedSseEnabled',
};

const topicAttributes: Readonly<Record<string, string>> = {
  display_name: 'DisplayName',
  policy: 'Policy',
};

const subscriptionAttributes: Readonly<Record<string, string>> = {
  raw_message_delivery: 'RawMessageDelivery',
  filter_policy: 'FilterPolicy',
  filter_policy_scope: 'FilterPolicyScope',
  redrive_policy: 'RedrivePolicy',
};

type Resources = Readonly<
  Record<'queues' | 'queuePolicies' | 'redriveAllowPolicies' | 'topics' | 'subscriptions', readonly StackResource[]>
>;

export function createStackQueues({ queues, queuePolicies, redriveAllowPolicies }: Resources, created: Queues): void {
  for (const resource of queues) {
    const { name, tags, arn, fifo_queue: fifo } = resource.attributes;
    if (fifo || String(name).endsWith('.fifo')) throw new Error(`${addressOf(resource)}.fifo_queue: ${noFifo}`);
    const attributes = translated(resource, queueAttributes);
    naming(resource, () => checkAttributes({ ...attributes, ...translated(resource, queueEncryption) }));
    naming(resource, () => created.create({ name, attributes, tags: tags ?? {} }));
    if (arn !== undefined && arn !== created.arnOf(name))
      throw new Error(`${addressOf(resource)}: unexpected ARN ${arn}`);
  }
  for (const resource of queuePolicies) {
    queueOf(resource, created).configure({ Policy: textOf(resource.attributes.policy) });
  }
  for (const resource of redriveAllowPolicies) {
    queueOf(resource, created).configure({ RedriveAllowPolicy: textOf(resource.attributes.redrive_allow_policy) });
  }
  // Once all are there: a queue may come before its dead-letter queue in the file.
  for (const policy of ['RedriveAllowPolicy', 'RedrivePolicy']) {
    for (const resource of queues) {
      const { name } = resource.attributes;
      const text = created.find(name)?.attributes[policy] ?? '';
      naming(resource, () => checkRedrivePolicies({ [policy]: text }, created.arnOf(name), created.findByArn));
    }
  }
}

function queueOf(resource: StackResource, created: Queues): Queue {
  const { queue_url: url } = resource.attributes;
  const queue = created.find(String(url).split('/').at(-1) ?? '');
  if (!queue) throw new Error(`${addressOf(resource)}: queue_url ${url} is no queue of this stack`);
  return queue;
}

const textOf = (policy: unknown): string => (typeof policy === 'string' ? policy : JSON.stringify(policy));

export function createStackTopics({ topics }: Resources, created: Topics): void {
  for (const resource of topics) {
    const { name, tags, fifo_topic: fifo } = resource.attributes;
    if (fifo || String(name).endsWith('.fifo')) throw new Error(`${addressOf(resource)}.fifo_topic: ${noFifoTopic}`);
    const attributes = translated(resource, topicAttributes);
    naming(resource, () => {
      for (const [attribute, value] of Object.entries(attributes)) checkTopicAttribute(attribute, value, 'made');
    });
    created.create(name, attributes, tags ?? {});
  }
}

export function createStackSubscriptions({ subscriptions }: Resources, created: Topics, queues: Queues): void {
  for (const resource of subscriptions) {
    const { topic_arn: topicArn, protocol, endpoint } = resource.attributes;
    const attributes = translated(resource, subscriptionAttributes);
    const deadLetters = naming(resource, () => deadLettersOf(attributes.RedrivePolicy));
    if (deadLetters && !queues.findByArn(deadLetters)) {
      throw new Error(`${addressOf(resource)}: redrive_policy names ${deadLetters}, which is no queue of this stack`);
    }
    naming(resource, () => created.subscribe({ topicArn, protocol, endpoint, attributes, ofStack: true }));
  }
}

function deadLettersOf(redrivePolicy: string | undefined): string | undefined {
  return redrivePolicy && JSON.parse(redrivePolicy).deadLetterTargetArn;
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
