import { type Json, jsonObject } from '../json.ts';
import { AwsError } from '../types.ts';
import { batchEntries } from './batch.ts';
import { type FanOut, fanOut, type Notification } from './delivery.ts';
import { invalidSnsParameter } from './error-codes.ts';
import { attributesProblem, groupProblem, sizeOf } from './message-rules.ts';
import type { MessageAttributes } from './queue/message.ts';
import type { Topic } from './topics.ts';

const maximumBytes = 262_144;

/** Publish and PublishBatch; both answer when every queue has its copy, so a reader finds it at once. */
export function createPublish(options: FanOut) {
  const { randomness } = options.ports;

  async function publish(topic: Topic, input: Json): Promise<string> {
    const problem = messageProblem(input);
    if (problem) throw invalidSnsParameter(problem);
    const messageId = randomness.uuid();
    const notification = {
      messageId,
      messageFor: messagesOf(input),
      subject: input.Subject as string | undefined,
      attributes: (input.MessageAttributes ?? {}) as MessageAttributes,
      groupId: input.MessageGroupId as string | undefined,
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
      const entries = batchEntries(input.PublishBatchRequestEntries, {
        errorEnding: 'Exception',
        entryName: 'PublishBatchRequestEntry',
      });
      if (entries.reduce((sum, entry) => sum + bytesOf(entry), 0) > maximumBytes) {
        const message = 'The length of all the messages put together is more than the limit.';
        throw new AwsError('BatchRequestTooLongException', message);
      }
      for (const entry of entries) {
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

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
function messageProblem(input: Json): string | undefined {
  const { Message: message, Subject: subject } = input;
  if (typeof message !== 'string' || message === '') return 'Empty message';
  const attributes = (input.MessageAttributes ?? {}) as MessageAttributes;
  if (bytesOf(input) > maximumBytes) return 'Message too long';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what AWS refuses.
  if (subject !== undefined && (typeof subject !== 'string' || !/^[^\u0000-\u001f]{1,99}$/.test(subject)))
    return 'Subject';
  const { MessageStructure: structure } = input;
  if (structure !== undefined && structure !== 'json') return `MessageStructure: Invalid value [${structure}].`;
  if (structure === 'json' && typeof jsonObject(message)?.default !== 'string') {
    return 'Message Structure - No default entry in JSON message body';
  }
  if (input.MessageDeduplicationId !== undefined) {
    return 'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type';
  }
  const problemOfGroup = groupProblem(input.MessageGroupId);
  return problemOfGroup ? `MessageGroupId ${problemOfGroup}` : attributesProblem(attributes);
}

const bytesOf = ({ Message = '', MessageAttributes = {} }: Json): number =>
  sizeOf(String(Message), MessageAttributes as MessageAttributes);

/** With `MessageStructure: json` the publisher gave a text for each protocol, and one for those without. */
function messagesOf(input: Json): Notification['messageFor'] {
  const message = String(input.Message);
  if (input.MessageStructure !== 'json') return () => message;
  const byProtocol = jsonObject(message) ?? {};
  return (protocol) => String(typeof byProtocol[protocol] === 'string' ? byProtocol[protocol] : byProtocol.default);
}
