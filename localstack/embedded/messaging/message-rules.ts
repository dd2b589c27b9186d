/** What AWS checks of a message before it takes it: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
import type { Shape } from '../shape.ts';
import { AwsError } from '../types.ts';
import { invalidSqsParameter } from './error-codes.ts';
import { secondsInRange } from './in-range.ts';
import type { Draft, MessageAttributes } from './queue/message.ts';
import type { Settings } from './queue/settings.ts';

export const messageAttributes: Shape = {
  '*': {
    DataType: 'text',
    StringValue: 'text',
    BinaryValue: 'text',
    StringListValues: ['text'],
    BinaryListValues: ['text'],
  },
};

/** The reason why the attributes are refused, in AWS's words, or undefined when they are fine. */
export function attributesProblem(
  attributes: MessageAttributes,
  atMost = Number.POSITIVE_INFINITY,
): string | undefined {
  const entries = Object.entries(attributes);
  if (entries.length > atMost)
    return `Number of message attributes [${entries.length}] exceeds the allowed maximum [${atMost}].`;
  for (const [name, attribute] of entries) {
    if (!/^(?!\.)(?!.*\.\.)(?!.*\.$)[A-Za-z0-9_.-]{1,256}$/.test(name)) {
      return `The message attribute name '${name}' is invalid.`;
    }
    if (!/^(String|Number|Binary)(\.|$)/.test(attribute?.DataType ?? '')) {
      return `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`;
    }
    if (attribute.StringListValues?.length || attribute.BinaryListValues?.length) {
      return `The message attribute '${name}' has a list of values, which is not supported.`;
    }
    const value = attribute.DataType.startsWith('Binary') ? attribute.BinaryValue : attribute.StringValue;
    if (!value) return `The message attribute '${name}' must contain a non-empty message attribute value.`;
    if (attribute.DataType.startsWith('Number') && !isDecimal(value)) {
      return `Could not cast message attribute '${name}' value to number.`;
    }
  }
  return undefined;
}

/** Also with an exponent; neither hexadecimal nor with spaces, which JavaScript takes for numbers as well. */
const isDecimal = (text: string): boolean =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text));

/** The reason why a message group is refused, in AWS's words; of SNS and SQS alike. */
export function groupProblem(group: unknown): string | undefined {
  if (group === undefined || (typeof group === 'string' && /^[!-~]{1,128}$/.test(group))) return undefined;
  return 'Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.';
}

/** Bytes that count against the limit: the body, and each attribute's name, type and value. */
export function sizeOf(body: string, attributes: MessageAttributes): number {
  const parts = Object.entries(attributes).flatMap(([name, { DataType = '', StringValue = '', BinaryValue = '' }]) => [
    Buffer.byteLength(name) + Buffer.byteLength(DataType) + Buffer.byteLength(StringValue),
    Buffer.byteLength(BinaryValue, 'base64'),
  ]);
  return parts.reduce((sum, bytes) => sum + bytes, Buffer.byteLength(body));
}

/** @throws AwsError for a message that a standard queue does not take */
export function draftOf(input: Readonly<Record<string, unknown>>, { maximumBytes }: Settings, senderId: string): Draft {
  const { MessageBody: body, DelaySeconds, MessageGroupId, MessageDeduplicationId } = input;
  const attributes = (input.MessageAttributes ?? {}) as MessageAttributes;
  if (typeof body !== 'string' || body === '') {
    throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  }
  if (!hasOnlyQueueCharacters(body)) throw new AwsError('InvalidMessageContents', otherCharacters);
  const reserved = Object.keys(attributes).find((name) => /^(aws|amazon)\./i.test(name));
  const problem = reserved
    ? `The message attribute name '${reserved}' is reserved.`
    : attributesProblem(attributes, 10);
  if (problem) throw invalidSqsParameter(problem);
  if (!Object.values(attributes).every(({ StringValue = '' }) => hasOnlyQueueCharacters(StringValue))) {
    throw invalidSqsParameter(otherCharacters);
  }
  if (sizeOf(body, attributes) > maximumBytes) {
    throw invalidSqsParameter(
      `One or more parameters are invalid. Reason: Message must be shorter than ${maximumBytes} bytes.`,
    );
  }
  if (MessageDeduplicationId !== undefined) {
    throw invalidSqsParameter(
      `Value ${MessageDeduplicationId} for parameter MessageDeduplicationId is invalid. Reason: The request includes a parameter that is not valid for this queue type.`,
    );
  }
  const problemOfGroup = groupProblem(MessageGroupId);
  if (problemOfGroup) {
    throw invalidSqsParameter(`Value ${MessageGroupId} for parameter MessageGroupId is invalid. ${problemOfGroup}`);
  }
  return {
    body,
    attributes,
    delayMs: secondsInRange(DelaySeconds, 'DelaySeconds', 900),
    senderId,
    groupId: MessageGroupId as string | undefined,
    traceHeader: traceHeaderOf(input.MessageSystemAttributes),
  };
}

function traceHeaderOf(given: unknown): string | undefined {
  const { AWSTraceHeader: header, ...others } = (given ?? {}) as MessageAttributes;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw invalidSqsParameter(
      `Message system attribute name '${unknown}' is invalid. Only AWSTraceHeader can be sent.`,
    );
  }
  return header?.StringValue;
}

const otherCharacters =
  'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF';

const hasOnlyQueueCharacters = (text: string): boolean =>
  /^[\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u.test(text);
