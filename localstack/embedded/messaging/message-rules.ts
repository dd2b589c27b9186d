/** What AWS checks of a message before it takes it, and the library does not. */

export interface SnsAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  /** Base64. */
  readonly BinaryValue?: string;
}

export type MessageAttributes = Record<string, SnsAttribute>;

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
    const value = attribute.DataType.startsWith('Binary') ? attribute.BinaryValue : attribute.StringValue;
    if (!value) return `The message attribute '${name}' must contain a non-empty message attribute value.`;
    if (attribute.DataType.startsWith('Number') && !Number.isFinite(Number(value))) {
      return `Could not cast message attribute '${name}' value to number.`;
    }
  }
  return undefined;
}

/** Seconds, 0 to 900; https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
export function delayProblem(delaySeconds: unknown): string | undefined {
  if (delaySeconds === undefined) return undefined;
  const seconds = Number(delaySeconds);
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= 900) return undefined;
  return `Value ${delaySeconds} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`;
}

/** Whether a body has only characters that SQS carries; https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
export const hasOnlyQueueCharacters = (body: string): boolean =>
  /^[\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u.test(body);
