import { createHash } from 'node:crypto';

export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  /** Base64. */
  readonly BinaryValue?: string;
  /** Lists are of AWS's model alone: it takes no value in them. */
  readonly StringListValues?: readonly string[];
  readonly BinaryListValues?: readonly string[];
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** What a sender gives. */
export interface Draft {
  readonly body: string;
  readonly attributes: MessageAttributes;
  /** Milliseconds; the queue's own delay where it is undefined. */
  readonly delayMs?: number | undefined;
  readonly senderId: string;
  readonly groupId?: string | undefined;
  readonly traceHeader?: string | undefined;
}

/** A message in a queue, as it is kept on disk too. Times are milliseconds since 1970. */
export interface Message extends Omit<Draft, 'delayMs'> {
  readonly id: string;
  /** Orders the messages of a queue after a restart. */
  readonly sequence: number;
  readonly sentAt: number;
  /** Delayed, or in flight, until then. */
  readonly hiddenUntil: number;
  readonly receiveCount: number;
  readonly firstReceivedAt?: number | undefined;
  /** Receipt handle of the latest receive. */
  readonly handle?: string | undefined;
  /** Whether that receive was by a role of the stack, so that its receiver ends with this process. */
  readonly heldInside?: boolean | undefined;
  /** ARN of the queue that gave the message up; a message move task sends it back there. */
  readonly deadLetterSource?: string | undefined;
}

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

const transport = { string: Buffer.from([1]), binary: Buffer.from([2]) };

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  const add = (part: string | Buffer): void => {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const { DataType = '', StringValue = '', BinaryValue = '' } = attributes[name] ?? {};
    const binary = DataType.startsWith('Binary');
    add(name);
    add(DataType);
    hash.update(binary ? transport.binary : transport.string);
    add(binary ? Buffer.from(BinaryValue, 'base64') : StringValue);
  }
  return hash.digest('hex');
}
