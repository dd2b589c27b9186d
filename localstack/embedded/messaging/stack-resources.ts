/** From the attributes of the Terraform provider to those of SQS and SNS. */
import type { StackResource } from '../types.ts';
import type { Queue } from './fauxqs.ts';
import { checkQueueAttributes } from './queue-attributes.ts';
import type { Queues } from './queues.ts';
import type { Topics } from './topics.ts';

/** Encryption is not among them: the embedded cloud keeps messages as they are. */
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
  deduplication_scope: 'DeduplicationScope',
  fifo_throughput_limit: 'FifoThroughputLimit',
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

type Resources = Readonly<
  Record<'queues' | 'queuePolicies' | 'redriveAllowPolicies' | 'topics' | 'subscriptions', readonly StackResource[]>
>;

export function createStackQueues({ queues, queuePolicies, redriveAllowPolicies }: Resources, created: Queues): void {
  for (const resource of queues) {
    const { name, tags, arn } = resource.attributes;
    const attributes = translated(resource, queueAttributes);
    if (attributes.FifoQueue === 'false') delete attributes.FifoQueue;
    // Its dead-letter queue may come later in the file: that is looked at once all are there.
    const { RedrivePolicy: _, ...others } = attributes;
    naming(resource, () => {
      checkQueueAttributes(others, created);
      created.create(name, attributes, tags ?? {});
    });
    if (arn !== undefined && arn !== created.arnOf(name)) throw new Error(`${label(resource)}: unexpected ARN ${arn}`);
  }
  for (const resource of queuePolicies) {
    queueOf(resource, created).attributes.Policy = textOf(resource.attributes.policy);
  }
  for (const resource of redriveAllowPolicies) {
    queueOf(resource, created).attributes.RedriveAllowPolicy = textOf(resource.attributes.redrive_allow_policy);
  }
  for (const resource of queues) naming(resource, () => checkDeadLetterQueue(resource, created));
}

/** A queue's dead letters go to a queue of the stack that admits them. */
function checkDeadLetterQueue(resource: StackResource, created: Queues): void {
  const policy = translated(resource, queueAttributes).RedrivePolicy;
  const target = policy && JSON.parse(policy).deadLetterTargetArn;
  if (!target) return;
  const deadLetters = created.findByArn(target);
  if (!deadLetters) throw new Error(`redrive_policy names ${target}, which is no queue of this stack`);
  if (!admits(deadLetters.attributes.RedriveAllowPolicy, created.arnOf(resource.attributes.name))) {
    throw new Error(`redrive_policy names ${target}, whose redrive allow policy does not admit this queue`);
  }
}

/**
 * Whether a queue may use another one for its dead letters; this says nothing about what else sends there.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
function admits(redriveAllowPolicy: string | undefined, sourceArn: string): boolean {
  if (!redriveAllowPolicy) return true;
  const { redrivePermission, sourceQueueArns = [] } = JSON.parse(redriveAllowPolicy);
  if (!['allowAll', 'byQueue', 'denyAll'].includes(redrivePermission)) {
    throw new Error(`redrivePermission is allowAll, byQueue or denyAll, not ${redrivePermission}`);
  }
  return redrivePermission === 'allowAll' || (redrivePermission === 'byQueue' && sourceQueueArns.includes(sourceArn));
}

function queueOf(resource: StackResource, created: Queues): Queue {
  const { queue_url: url } = resource.attributes;
  const queue = created.find(String(url).split('/').at(-1) ?? '');
  if (!queue) throw new Error(`${label(resource)}: queue_url ${url} is no queue of this stack`);
  return queue;
}

const textOf = (policy: unknown): string => (typeof policy === 'string' ? policy : JSON.stringify(policy));

export function createStackTopics({ topics }: Resources, created: Topics): void {
  for (const resource of topics) {
    const { name, tags } = resource.attributes;
    created.create(name, translated(resource, topicAttributes), tags ?? {});
  }
}

export function createStackSubscriptions({ subscriptions }: Resources, created: Topics, queues: Queues): void {
  for (const resource of subscriptions) {
    const { topic_arn: topicArn, protocol, endpoint } = resource.attributes;
    const attributes = translated(resource, subscriptionAttributes);
    const deadLetters = attributes.RedrivePolicy && JSON.parse(attributes.RedrivePolicy).deadLetterTargetArn;
    if (deadLetters && !queues.findByArn(deadLetters)) {
      throw new Error(`${label(resource)}: redrive_policy names ${deadLetters}, which is no queue of this stack`);
    }
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
