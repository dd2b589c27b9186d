/** The operations on a queue's messages, once it is known that the caller may. */
import type { Json } from '../json.ts';
import { AwsError, type Caller } from '../types.ts';
import { batchEntries, eachEntry } from './batch.ts';
import { invalidSqsParameter } from './error-codes.ts';
import { secondsInRange } from './in-range.ts';
import { draftOf, sizeOf } from './message-rules.ts';
import type { Queue } from './queue/contract.ts';
import { type Draft, type Message, md5, md5OfAttributes } from './queue/message.ts';

const batchOf = (input: Json, entryName: string): Json[] =>
  batchEntries(input.Entries, { errorEnding: '', entryName: `${entryName}RequestEntry` });

export function sendMessage(queue: Queue, input: Json, senderId: string): Json {
  return sent(queue.send([draftOf(input, queue.settings, senderId)])[0] as Message);
}

/** Of all messages of a batch, also where the queue takes less as one message. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
const mostBatchBytes = 1_048_576;

/** A bad entry fails alone; the rest is sent in one step. */
export function sendMessageBatch(queue: Queue, input: Json, senderId: string): Json {
  const entries = batchOf(input, 'SendMessageBatch');
  const { done, Failed } = eachEntry(entries, (entry) => draftOf(entry, queue.settings, senderId));
  const drafts: Draft[] = done.map(({ result }) => result);
  const bytes = drafts.reduce((sum, draft) => sum + sizeOf(draft.body, draft.attributes), 0);
  if (bytes > mostBatchBytes) {
    const message = `Batch requests cannot be longer than ${mostBatchBytes} bytes. You have sent ${bytes} bytes.`;
    throw new AwsError('BatchRequestTooLong', message);
  }
  const messages = queue.send(drafts);
  return { Successful: messages.map((message, index) => ({ Id: done[index]?.entry.Id, ...sent(message) })), Failed };
}

function sent({ id, body, attributes, traceHeader }: Message): Json {
  const digest = md5OfAttributes(attributes);
  return {
    MessageId: id,
    MD5OfMessageBody: md5(body),
    ...(digest && { MD5OfMessageAttributes: digest }),
    ...(traceHeader && {
      MD5OfMessageSystemAttributes: md5OfAttributes({
        AWSTraceHeader: { DataType: 'String', StringValue: traceHeader },
      }),
    }),
  };
}

export function deleteMessage(queue: Queue, input: Json): Json {
  queue.delete(messageOf(queue, input));
  return {};
}

export function deleteMessageBatch(queue: Queue, input: Json): Json {
  const { done, Failed } = eachEntry(batchOf(input, 'DeleteMessageBatch'), (entry) => messageOf(queue, entry));
  queue.delete(done.flatMap(({ result }) => result));
  return { Successful: done.map(({ entry: { Id } }) => ({ Id })), Failed };
}

export function changeMessageVisibility(queue: Queue, input: Json): Json {
  const [message] = messageOf(queue, input);
  const milliseconds = secondsInRange(input.VisibilityTimeout, 'VisibilityTimeout', 43_200);
  if (milliseconds === undefined) throw missing('VisibilityTimeout');
  if (!message) {
    throw invalidSqsParameter(
      `Value ${input.ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
    );
  }
  if (!queue.isInFlight(message)) {
    throw new AwsError('MessageNotInflight', 'The specified message is not in flight.');
  }
  queue.hide(message, milliseconds);
  return {};
}

export function changeMessageVisibilityBatch(queue: Queue, input: Json): Json {
  const entries = batchOf(input, 'ChangeMessageVisibilityBatch');
  const { done, Failed } = eachEntry(entries, (entry) => changeMessageVisibility(queue, entry));
  return { Successful: done.map(({ entry: { Id } }) => ({ Id })), Failed };
}

const missing = (name: string): AwsError =>
  new AwsError('MissingParameter', `The request must contain the parameter ${name}.`);

/** Handles are UUIDs here. One that is well formed and unknown is an old one, which AWS takes without a word. */
function messageOf(queue: Queue, { ReceiptHandle: handle }: Json): Message[] {
  if (handle === undefined || handle === '') throw missing('ReceiptHandle');
  if (typeof handle !== 'string' || !/^[0-9a-f-]{36}$/.test(handle)) {
    const message = `The input receipt handle "${handle}" is not a valid receipt handle.`;
    throw new AwsError('ReceiptHandleIsInvalid', message, 404);
  }
  const message = queue.byHandle(handle);
  return message ? [message] : [];
}

/** Who sends, as SQS tells it: the account, or a role's id and session. */
export const senderOf = ({ roleArn }: Caller, accountId: string): string =>
  roleArn === undefined ? accountId : `AROAEMBEDDED:${roleArn.split('/').at(-1)}`;
