/** The operations on queues themselves, once it is known that the caller may. */
import { type Json, textMembers } from '../json.ts';
import { AwsError } from '../types.ts';
import { invalidSqsParameter } from './error-codes.ts';
import { checkGivenPolicy } from './given-policy.ts';
import type { Counts, Queue } from './queue/contract.ts';
import { checkAttributes, noFifo, settableAttributes } from './queue/settings.ts';
import type { Queues } from './queues.ts';
import { checkRedrivePolicies } from './redrive-policy.ts';

export function createQueueByCall(queues: Queues, name: string, input: Json): Json {
  if (name.endsWith('.fifo')) throw invalidSqsParameter(`${noFifo}.`);
  if (!/^[\w-]{1,80}$/.test(name)) {
    throw invalidSqsParameter('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
  }
  const attributes = textMembers(input.Attributes);
  checkAttributes(attributes);
  checkGivenPolicy(attributes.Policy, invalidPolicy);
  checkRedrivePolicies(attributes, queues.arnOf(name), queues.findByArn);
  const known = queues.find(name);
  const changed = known && Object.keys(attributes).find((one) => attributes[one] !== (known.attributes[one] ?? ''));
  if (changed !== undefined) {
    const message = `A queue already exists with the same name and a different value for attribute ${changed}`;
    throw new AwsError('QueueNameExists', message);
  }
  if (!known) queues.remember(queues.create({ name, attributes, tags: textMembers(input.tags) }));
  return { QueueUrl: queues.urlOf(name) };
}

export function setQueueAttributes(queues: Queues, queue: Queue, input: Json): Json {
  const attributes = textMembers(input.Attributes);
  checkAttributes(attributes);
  checkGivenPolicy(attributes.Policy, invalidPolicy);
  checkRedrivePolicies(attributes, queue.arn, queues.findByArn);
  queue.configure(attributes);
  queues.remember(queue);
  return {};
}

const invalidPolicy = (problem: string): AwsError =>
  new AwsError('InvalidAttributeValue', `Invalid value for the parameter Policy. Reason: ${problem}`);

const inSeconds = (milliseconds: number): string => String(Math.floor(milliseconds / 1000));

const computed: Readonly<Record<string, (queue: Queue, counts: () => Counts) => string>> = {
  QueueArn: ({ arn }) => arn,
  CreatedTimestamp: ({ createdAt }) => inSeconds(createdAt),
  LastModifiedTimestamp: ({ modifiedAt }) => inSeconds(modifiedAt),
  ApproximateNumberOfMessages: (_queue, counts) => String(counts().ready),
  ApproximateNumberOfMessagesNotVisible: (_queue, counts) => String(counts().inFlight),
  ApproximateNumberOfMessagesDelayed: (_queue, counts) => String(counts().delayed),
};

/** Without names AWS answers none. */
export function queueAttributes(queue: Queue, { AttributeNames = [] }: Json): Json {
  const known = [...Object.keys(computed), ...settableAttributes];
  const names = AttributeNames as readonly string[];
  const unknown = names.find((name) => name !== 'All' && !known.includes(name));
  if (unknown !== undefined) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  let counted: Counts | undefined;
  const counts = (): Counts => {
    counted ??= queue.counts();
    return counted;
  };
  const Attributes: Record<string, string> = {};
  for (const name of names.includes('All') ? known : names) {
    const value = computed[name]?.(queue, counts) ?? queue.attributes[name];
    if (value !== undefined) Attributes[name] = value;
  }
  return { Attributes };
}

export function listQueues(queues: Queues, input: Json): Json {
  const prefix = String(input.QueueNamePrefix ?? '');
  const after = String(input.NextToken ?? '');
  const names = queues.all().map((queue) => queue.name);
  const found = names.filter((name) => name.startsWith(prefix) && name > after).sort();
  const page = found.slice(0, Number(input.MaxResults ?? 1000));
  return {
    QueueUrls: page.map((name) => queues.urlOf(name)),
    ...(page.length < found.length && { NextToken: page.at(-1) }),
  };
}
