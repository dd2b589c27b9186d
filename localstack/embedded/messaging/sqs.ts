import { createService } from '../service.ts';
import { type Authorize, AwsError, type AwsService, type Caller } from '../types.ts';
import { asAwsError, invalidSqsParameter, queueDoesNotExist } from './error-codes.ts';
import type { Fauxqs, FauxqsAction, Queue } from './fauxqs.ts';
import { attributesProblem, delayProblem, type MessageAttributes } from './message-rules.ts';
import { createMoveTasks } from './move-tasks.ts';
import { checkQueueAttributes } from './queue-attributes.ts';
import { nameFromUrl, type Queues } from './queues.ts';
import { receiveMessage } from './receive-message.ts';

type Json = Record<string, unknown>;
type Operation = (input: Json, caller: Caller) => Promise<Json>;

interface SqsOptions {
  readonly fauxqs: Fauxqs;
  readonly queues: Queues;
  readonly authorize: Authorize;
}

/** SQS with the SDK's input and output shapes. Every call is authorized before it learns whether the queue exists. */
export function createSqs({ fauxqs, queues, authorize }: SqsOptions): AwsService {
  /** Most operations: one queue, one permission, one action of the library. */
  const onQueue =
    (iamAction: string, run: (queue: Queue, input: Json, caller: Caller) => Promise<Json>): Operation =>
    async (input, caller) => {
      const name = nameFromUrl(input.QueueUrl);
      authorize(caller, `sqs:${iamAction}`, queues.arnOf(name));
      const queue = queues.find(name);
      if (!queue) throw queueDoesNotExist();
      return run(queue, input, caller);
    };
  const library = (iamAction: string, action: FauxqsAction, check: (input: Json) => void = () => {}) =>
    onQueue(iamAction, (queue, input) => {
      check(input);
      return queues.run(action, input, queue);
    });

  const moveTasks = createMoveTasks({ queues, authorize });
  const operations: Record<string, Operation> = {
    SendMessage: library('SendMessage', 'sendMessage', checkMessage),
    SendMessageBatch: onQueue('SendMessage', (queue, input) => sendBatch(queues, queue, input)),
    ReceiveMessage: onQueue('ReceiveMessage', (queue, input, caller) => {
      const allowed = () => authorize(caller, 'sqs:ReceiveMessage', queue.arn);
      return receiveMessage({ fauxqs, queues, queue, input, allowed });
    }),
    DeleteMessage: library('DeleteMessage', 'deleteMessage', checkReceiptHandle),
    DeleteMessageBatch: onQueue('DeleteMessage', (queue, input) =>
      handleBatch(queues, queue, input, 'deleteMessageBatch'),
    ),
    ChangeMessageVisibility: library('ChangeMessageVisibility', 'changeMessageVisibility', checkReceiptHandle),
    ChangeMessageVisibilityBatch: onQueue('ChangeMessageVisibility', (queue, input) =>
      handleBatch(queues, queue, input, 'changeMessageVisibilityBatch'),
    ),
    ListDeadLetterSourceQueues: onQueue('ListDeadLetterSourceQueues', async (queue) => ({
      queueUrls: queues.sourcesOf(queue).map(({ name }) => queues.urlOf(name)),
    })),
    GetQueueAttributes: library('GetQueueAttributes', 'getQueueAttributes', (input) => {
      // Without names AWS answers none, the library all.
      input.AttributeNames ??= [];
    }),
    SetQueueAttributes: library('SetQueueAttributes', 'setQueueAttributes', ({ Attributes }) =>
      checkQueueAttributes((Attributes ?? {}) as Json, queues),
    ),
    PurgeQueue: library('PurgeQueue', 'purgeQueue'),
    ListQueueTags: library('ListQueueTags', 'listQueueTags'),
    TagQueue: library('TagQueue', 'tagQueue'),
    UntagQueue: library('UntagQueue', 'untagQueue'),
    DeleteQueue: onQueue('DeleteQueue', async (queue) => {
      queues.delete(queue);
      return {};
    }),
    GetQueueUrl: async (input, caller) => {
      const name = String(input.QueueName ?? '');
      authorize(caller, 'sqs:GetQueueUrl', queues.arnOf(name));
      if (!queues.find(name)) throw queueDoesNotExist();
      return { QueueUrl: queues.urlOf(name) };
    },
    CreateQueue: async (input, caller) => {
      const name = String(input.QueueName ?? '');
      authorize(caller, 'sqs:CreateQueue', queues.arnOf(name));
      if (!/^[\w-]{1,80}$|^[\w-]{1,75}\.fifo$/.test(name)) {
        throw invalidSqsParameter(
          'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
        );
      }
      checkQueueAttributes((input.Attributes ?? {}) as Json, queues);
      queues.create(
        name,
        (input.Attributes ?? {}) as Record<string, string>,
        (input.tags ?? {}) as Record<string, string>,
      );
      return { QueueUrl: queues.urlOf(name) };
    },
    ListQueues: async (input, caller) => {
      authorize(caller, 'sqs:ListQueues', '*');
      return listQueues(queues, input);
    },
    ...moveTasks,
  };

  const service = createService('SQS', operations);
  return {
    ...service,
    // Checks may fill defaults in, which the caller's object should not show.
    call: (operation, input, caller) =>
      service.call(operation, { ...input }, caller).catch((error: unknown) => {
        throw asAwsError(error);
      }),
  };
}

function checkMessage(input: Json): void {
  const problem =
    attributesProblem((input.MessageAttributes ?? {}) as MessageAttributes, 10) ?? delayProblem(input.DelaySeconds);
  if (problem) throw invalidSqsParameter(problem);
}

/** A bad entry fails alone; the rest of its batch is sent. */
async function sendBatch(queues: Queues, queue: Queue, input: Json): Promise<Json> {
  const entries = (input.Entries ?? []) as Json[];
  const refused = new Map<unknown, string>();
  for (const entry of entries) {
    const problem = entry.MessageBody
      ? (attributesProblem((entry.MessageAttributes ?? {}) as MessageAttributes, 10) ??
        delayProblem(entry.DelaySeconds))
      : 'The request must contain the parameter MessageBody.';
    if (problem) refused.set(entry.Id, problem);
  }
  const good = entries.filter((entry) => !refused.has(entry.Id));
  const answer =
    entries.length > 0 && good.length === 0 ? {} : await queues.run('sendMessageBatch', { Entries: good }, queue);
  const failed = [...refused].map(([Id, Message]) => ({
    Id,
    SenderFault: true,
    Code: 'InvalidParameterValue',
    Message,
  }));
  return {
    Successful: answer.Successful ?? [],
    Failed: [...((answer.Failed as Json[] | undefined) ?? []), ...failed],
  };
}

/** An entry with a bad handle fails alone. */
async function handleBatch(queues: Queues, queue: Queue, input: Json, action: FauxqsAction): Promise<Json> {
  const entries = (input.Entries ?? []) as Json[];
  const bad = entries.filter((entry) => !isHandle(entry.ReceiptHandle));
  const good = entries.filter((entry) => !bad.includes(entry));
  // The library refuses an empty batch, which one of bad handles alone is not.
  const nothing: Json = { Successful: [], Failed: [] };
  const answer = bad.length > 0 && good.length === 0 ? nothing : await queues.run(action, { Entries: good }, queue);
  const failed = bad.map(({ Id }) => ({
    Id,
    SenderFault: true,
    Code: 'ReceiptHandleIsInvalid',
    Message: 'The input receipt handle is invalid.',
  }));
  return {
    Successful: answer.Successful ?? [],
    Failed: [...((answer.Failed as Json[] | undefined) ?? []), ...failed],
  };
}

/** Handles are UUIDs here. One that is well-formed and unknown is an old one, which AWS takes without a word. */
function checkReceiptHandle(input: Json): void {
  if (!isHandle(input.ReceiptHandle)) {
    throw new AwsError('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.', 404);
  }
}

/** What is no text is refused by the library. */
const isHandle = (handle: unknown): boolean => typeof handle !== 'string' || /^[0-9a-f-]{36}$/.test(handle);

function listQueues(queues: Queues, input: Json): Json {
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
