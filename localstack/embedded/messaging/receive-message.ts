import { invalidSqsParameter, queueDoesNotExist } from './error-codes.ts';
import type { Fauxqs, Queue } from './fauxqs.ts';
import type { MessageAttributes } from './message-rules.ts';
import type { Queues } from './queues.ts';

type Json = Record<string, unknown>;

interface ReceivedMessage extends Json {
  ReceiptHandle: string;
  Attributes?: Record<string, string>;
  MessageAttributes?: MessageAttributes;
  MD5OfMessageAttributes?: string;
}

interface ReceiveOptions {
  readonly fauxqs: Fauxqs;
  readonly queues: Queues;
  readonly queue: Queue;
  readonly input: Json;
  /** Throws when the caller may not receive. Asked after each wait too, so that a permission taken away works at once. */
  readonly allowed: () => void;
}

/** One ReceiveMessage with its long poll; closing ends the poll with no messages, deleting the queue with an error. */
export async function receiveMessage({ fauxqs, queues, queue, input, allowed }: ReceiveOptions): Promise<Json> {
  const deadline = Date.now() + waitMs(input, queue);
  for (;;) {
    const left = queues.closed ? 0 : deadline - Date.now();
    const arrival = left > 0 ? queues.awaitArrival(queue, left) : undefined;
    try {
      const answer = await queues.run('receiveMessage', { ...input, WaitTimeSeconds: 0 }, queue);
      const messages = answer.Messages as ReceivedMessage[] | undefined;
      if (messages) return { Messages: messages.map((message) => asAsked(message, { fauxqs, queue, input })) };
      if (!arrival) return {};
      await arrival.settled;
    } finally {
      arrival?.cancel();
    }
    allowed();
    if (queues.find(queue.name) !== queue) throw queueDoesNotExist();
  }
}

function waitMs(input: Json, queue: Queue): number {
  const seconds = Number(input.WaitTimeSeconds ?? queue.attributes.ReceiveMessageWaitTimeSeconds);
  if (seconds >= 0 && seconds <= 20) return seconds * 1000;
  throw invalidSqsParameter(
    `Value ${input.WaitTimeSeconds} for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.`,
  );
}

/** AWS returns message attributes only on request, with the digest of those returned; the library differs in both. */
function asAsked(
  message: ReceivedMessage,
  { fauxqs, queue, input }: Pick<ReceiveOptions, 'fauxqs' | 'queue' | 'input'>,
): ReceivedMessage {
  const { MessageAttributes, MD5OfMessageAttributes: _, ...rest } = message;
  const asked = ((input.MessageAttributeNames as string[] | undefined) ?? []).length > 0;
  const systemNames = [input.AttributeNames, input.MessageSystemAttributeNames].flat();
  const source = queue.inflightMessages.get(message.ReceiptHandle)?.message.deadLetterSource;
  const wantsSource = source && (systemNames.includes('All') || systemNames.includes('DeadLetterQueueSourceArn'));
  return {
    ...rest,
    ...(wantsSource && { Attributes: { ...rest.Attributes, DeadLetterQueueSourceArn: source } }),
    ...(asked &&
      MessageAttributes && {
        MessageAttributes,
        MD5OfMessageAttributes: fauxqs.md5OfMessageAttributes(MessageAttributes),
      }),
  };
}
