import type { Json } from '../json.ts';
import { paged } from '../page.ts';
import type { Ports } from '../ports.ts';
import { createService, guarded, type Operation } from '../service.ts';
import { each, type Shape } from '../shape.ts';
import type { Authorize, AwsService, Caller } from '../types.ts';
import { queueDoesNotExist } from './error-codes.ts';
import { messageAttributes } from './message-rules.ts';
import { createMoveTasks } from './move-tasks.ts';
import type { Queue } from './queue/contract.ts';
import { nameFromUrl, type Queues } from './queues.ts';
import { receiveMessage } from './receive-message.ts';
import {
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  deleteMessage,
  deleteMessageBatch,
  senderOf,
  sendMessage,
  sendMessageBatch,
} from './sqs-messages.ts';
import { createQueueByCall, listQueues, queueAttributes, setQueueAttributes } from './sqs-queues.ts';

export interface SqsOptions {
  readonly queues: Queues;
  readonly accountId: string;
  readonly authorize: Authorize;
  readonly ports: Ports;
}

/** SQS with the SDK's input and output shapes. Every call is authorized before it learns whether the queue exists. */
export function createSqs({ queues, accountId, authorize, ports }: SqsOptions): AwsService {
  /** Most operations: one queue and one permission on it. */
  const onQueue =
    (iamAction: string, run: (queue: Queue, input: Json, caller: Caller) => Promise<Json> | Json): Operation =>
    (input, caller) => {
      const name = nameFromUrl(input.QueueUrl);
      authorize(caller, `sqs:${iamAction}`, queues.arnOf(name));
      const queue = queues.find(name);
      if (!queue) throw queueDoesNotExist();
      return run(queue, input, caller);
    };
  const asked = guarded('sqs', authorize);
  const named = ({ QueueName = '' }: Json) => queues.arnOf(String(QueueName));

  const operations: Record<string, Operation> = {
    SendMessage: onQueue('SendMessage', (queue, input, caller) =>
      sendMessage(queue, input, senderOf(caller, accountId)),
    ),
    SendMessageBatch: onQueue('SendMessage', (queue, input, caller) =>
      sendMessageBatch(queue, input, senderOf(caller, accountId)),
    ),
    ReceiveMessage: onQueue('ReceiveMessage', (queue, input, caller) => {
      const allowed = () => authorize(caller, 'sqs:ReceiveMessage', queue.arn);
      const inside = caller.roleArn !== undefined;
      return receiveMessage({ queues, queue, input, clock: ports.clock, inside, allowed });
    }),
    DeleteMessage: onQueue('DeleteMessage', deleteMessage),
    DeleteMessageBatch: onQueue('DeleteMessage', deleteMessageBatch),
    ChangeMessageVisibility: onQueue('ChangeMessageVisibility', changeMessageVisibility),
    ChangeMessageVisibilityBatch: onQueue('ChangeMessageVisibility', changeMessageVisibilityBatch),
    ListDeadLetterSourceQueues: onQueue('ListDeadLetterSourceQueues', (queue, input) => {
      const urls = queues.sourcesOf(queue).map(({ name }) => queues.urlOf(name));
      return paged('queueUrls', urls, input, sources);
    }),
    GetQueueAttributes: onQueue('GetQueueAttributes', queueAttributes),
    SetQueueAttributes: onQueue('SetQueueAttributes', (queue, input) => setQueueAttributes(queues, queue, input)),
    PurgeQueue: onQueue('PurgeQueue', (queue) => {
      queue.purge();
      return {};
    }),
    ListQueueTags: onQueue('ListQueueTags', ({ tags }) => ({ Tags: Object.fromEntries(tags) })),
    TagQueue: onQueue('TagQueue', (queue, input) => {
      for (const [key, value] of Object.entries(input.Tags ?? {})) queue.tags.set(key, String(value));
      queues.remember(queue);
      return {};
    }),
    UntagQueue: onQueue('UntagQueue', (queue, input) => {
      for (const key of (input.TagKeys ?? []) as string[]) queue.tags.delete(key);
      queues.remember(queue);
      return {};
    }),
    DeleteQueue: onQueue('DeleteQueue', (queue) => {
      queues.delete(queue);
      return {};
    }),
    GetQueueUrl: asked('GetQueueUrl', named, ({ QueueName = '' }) => {
      const name = String(QueueName);
      if (!queues.find(name)) throw queueDoesNotExist();
      return { QueueUrl: queues.urlOf(name) };
    }),
    CreateQueue: asked('CreateQueue', named, (input) =>
      createQueueByCall(queues, String(input.QueueName ?? ''), input),
    ),
    ListQueues: asked('ListQueues', '*', (input) => listQueues(queues, input)),
    ...createMoveTasks({ queues, authorize, ports }),
  };

  return createService('SQS', operations, {}, members);
}

const sources = { limit: 'MaxResults', token: 'NextToken', most: 1_000, code: 'InvalidParameterValue' };

/** Of a message, and of an entry of a batch. */
const message = {
  ...each('text', 'MessageBody', 'MessageDeduplicationId', 'MessageGroupId', 'ReceiptHandle'),
  ...each('number', 'DelaySeconds', 'VisibilityTimeout'),
  MessageAttributes: messageAttributes,
  MessageSystemAttributes: messageAttributes,
};

const members: Shape = {
  ...message,
  ...each('text', 'DestinationArn', 'NextToken', 'QueueName', 'QueueNamePrefix', 'QueueUrl', 'SourceArn', 'TaskHandle'),
  ...each('number', 'MaxNumberOfMessages', 'MaxNumberOfMessagesPerSecond', 'MaxResults', 'WaitTimeSeconds'),
  AttributeNames: ['text'],
  Attributes: { '*': 'text' },
  Entries: [{ ...message, Id: 'text' }],
  MessageAttributeNames: ['text'],
  MessageSystemAttributeNames: ['text'],
  TagKeys: ['text'],
  Tags: { '*': 'text' },
  tags: { '*': 'text' },
};
