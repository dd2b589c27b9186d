import type { Json } from '../json.ts';
import type { Ports } from '../ports.ts';
import { AwsError } from '../types.ts';
import { queueDoesNotExist } from './error-codes.ts';
import { inRange, secondsInRange } from './in-range.ts';
import type { Queue } from './queue/contract.ts';
import { type Message, type MessageAttributes, md5, md5OfAttributes } from './queue/message.ts';
import type { Queues } from './queues.ts';

interface ReceiveRequest {
  readonly queues: Queues;
  readonly queue: Queue;
  readonly input: Json;
  readonly clock: Ports['clock'];
  /** Whether the receiver is a role of the stack. */
  readonly inside: boolean;
  /** Throws when the caller may not receive. Asked after each wait too, so that a permission taken away works at once. */
  readonly allowed: () => void;
}

/** One ReceiveMessage with its long poll; closing ends the poll with no messages, deleting the queue with an error. */
export async function receiveMessage({ queues, queue, input, clock, inside, allowed }: ReceiveRequest): Promise<Json> {
  const count = inRange(input.MaxNumberOfMessages, 'MaxNumberOfMessages', 1, 10) ?? 1;
  const options = {
    visibilityMs: secondsInRange(input.VisibilityTimeout, 'VisibilityTimeout', 43_200),
    inside,
  };
  const wanted = wantedOf(input);
  const wait = secondsInRange(input.WaitTimeSeconds, 'WaitTimeSeconds', 20) ?? queue.settings.waitMs;
  if (wait === 0 && queue.isFull()) {
    throw new AwsError('OverLimit', 'Too many messages are in flight: delete some before you receive more.', 403);
  }
  const deadline = clock.now() + wait;
  for (;;) {
    const left = queues.closed ? 0 : deadline - clock.now();
    const arrival = left > 0 ? queue.awaitArrival(left) : undefined;
    try {
      const messages = queue.receive(count, options);
      if (messages.length > 0) return { Messages: messages.map((message) => answered(message, wanted)) };
      if (!arrival) return {};
      await arrival.settled;
    } finally {
      arrival?.cancel();
    }
    allowed();
    if (queues.find(queue.name) !== queue) throw queueDoesNotExist();
  }
}

const systemAttributes: Readonly<Record<string, (message: Message) => string | undefined>> = {
  SenderId: ({ senderId }) => senderId,
  SentTimestamp: ({ sentAt }) => String(sentAt),
  ApproximateReceiveCount: ({ receiveCount }) => String(receiveCount),
  ApproximateFirstReceiveTimestamp: ({ firstReceivedAt }) => String(firstReceivedAt),
  MessageGroupId: ({ groupId }) => groupId,
  AWSTraceHeader: ({ traceHeader }) => traceHeader,
  DeadLetterQueueSourceArn: ({ deadLetterSource }) => deadLetterSource,
  // Of FIFO queues alone.
  MessageDeduplicationId: () => undefined,
  SequenceNumber: () => undefined,
};

interface Wanted {
  readonly system: readonly string[];
  readonly isWanted: (attributeName: string) => boolean;
}

function wantedOf({ AttributeNames = [], MessageSystemAttributeNames = [], MessageAttributeNames = [] }: Json): Wanted {
  const system = [AttributeNames, MessageSystemAttributeNames].flat() as string[];
  const unknown = system.find((name) => name !== 'All' && !Object.hasOwn(systemAttributes, name));
  if (unknown !== undefined) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  const names = MessageAttributeNames as readonly string[];
  const prefixes = names.filter((name) => name.endsWith('.*')).map((name) => name.slice(0, -2));
  return {
    system: system.includes('All') ? Object.keys(systemAttributes) : system,
    isWanted: (name) =>
      names.includes('All') || names.includes(name) || prefixes.some((prefix) => name.startsWith(prefix)),
  };
}

/** AWS gives attributes only on request, with the digest of those given. */
function answered(message: Message, { system, isWanted }: Wanted): Json {
  const all = Object.entries(message.attributes).filter(([name]) => isWanted(name));
  const attributes: MessageAttributes = Object.fromEntries(all);
  const Attributes: Record<string, string> = {};
  for (const name of system) {
    const value = systemAttributes[name]?.(message);
    if (value !== undefined) Attributes[name] = value;
  }
  return {
    MessageId: message.id,
    ReceiptHandle: message.handle,
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(system.length > 0 && { Attributes }),
    ...(all.length > 0 && { MD5OfMessageAttributes: md5OfAttributes(attributes), MessageAttributes: attributes }),
  };
}
