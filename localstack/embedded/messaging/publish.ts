import { randomUUID } from 'node:crypto';
import { AwsError } from '../types.ts';
import { type FanOut, fanOut } from './delivery.ts';
import { invalidSnsParameter } from './error-codes.ts';
import { attributesProblem, type MessageAttributes } from './message-rules.ts';
import type { Topic } from './topics.ts';

type Json = Record<string, unknown>;

const maximumBytes = 262_144;

/** Publish and PublishBatch; both answer when every queue has its copy, so a reader finds it at once. */
export function createPublish(options: FanOut) {
  async function publish(topic: Topic, input: Json): Promise<string> {
    const problem = messageProblem(topic, input);
    if (problem) throw invalidSnsParameter(problem);
    const messageId = randomUUID();
    const notification = {
      messageId,
      message: messageForQueues(input),
      subject: input.Subject as string | undefined,
      attributes: (input.MessageAttributes ?? {}) as MessageAttributes,
      groupId: input.MessageGroupId as string | undefined,
      deduplicationId: input.MessageDeduplicationId as string | undefined,
    };
    await fanOut(topic, notification, options);
    return messageId;
  }

  return {
    async one(topic: Topic, input: Json): Promise<Json> {
      return { MessageId: await publish(topic, input) };
    },

    async batch(topic: Topic, input: Json): Promise<Json> {
      const Successful: Json[] = [];
      const Failed: Json[] = [];
      for (const entry of checkedEntries(input)) {
        try {
          Successful.push({ Id: entry.Id, MessageId: await publish(topic, entry) });
        } catch (error) {
          if (!(error instanceof AwsError)) throw error;
          Failed.push({ Id: entry.Id, Code: 'InvalidParameter', Message: error.message, SenderFault: true });
        }
      }
      return { Successful, Failed };
    },
  };
}

function checkedEntries(input: Json): Json[] {
  const entries = (input.PublishBatchRequestEntries ?? []) as Json[];
  const ids = entries.map(({ Id }) => String(Id));
  if (entries.length === 0) {
    throw new AwsError('EmptyBatchRequestException', "The batch request doesn't contain any entries.");
  }
  if (entries.length > 10) {
    throw new AwsError(
      'TooManyEntriesInBatchRequestException',
      'The batch request contains more entries than permissible.',
    );
  }
  if (!ids.every((id) => /^[\w-]{1,80}$/.test(id))) {
    throw new AwsError(
      'InvalidBatchEntryIdException',
      'A batch entry Id has 1 to 80 letters, digits, hyphens and underscores.',
    );
  }
  if (new Set(ids).size < ids.length) {
    throw new AwsError(
      'BatchEntryIdsNotDistinctException',
      'Two or more batch entries in the request have the same Id.',
    );
  }
  return entries;
}

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
function messageProblem(topic: Topic, input: Json): string | undefined {
  const { Message: message, Subject: subject } = input;
  if (typeof message !== 'string' || message === '') return 'Empty message';
  const attributes = (input.MessageAttributes ?? {}) as MessageAttributes;
  const bytes = Buffer.byteLength(message) + Buffer.byteLength(JSON.stringify(attributes)) - 2;
  if (bytes > maximumBytes) return 'Message too long';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what AWS refuses.
  if (subject !== undefined && (typeof subject !== 'string' || !/^[^\u0000-\u001f]{1,99}$/.test(subject)))
    return 'Subject';
  if (input.MessageStructure === 'json' && typeof parsed(message)?.default !== 'string') {
    return 'Message Structure - No default entry in JSON message body';
  }
  if (topic.name.endsWith('.fifo') && !input.MessageGroupId) {
    return 'The MessageGroupId parameter is required for FIFO topics';
  }
  return attributesProblem(attributes);
}

/** With `MessageStructure: json` the publisher gave one message for each protocol; only queues get any here. */
function messageForQueues(input: Json): string {
  const message = String(input.Message);
  if (input.MessageStructure !== 'json') return message;
  const byProtocol = parsed(message);
  return String(byProtocol?.sqs ?? byProtocol?.default);
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
