import { mapOf } from './form.ts';
import type { Json, Request } from './http.ts';
import type { XmlStyle } from './xml.ts';

/** Names in SQS's old query protocol (API 2012-11-05) and in the SDK's shapes. */
const LISTS: Readonly<Record<string, string>> = {
  AttributeName: 'AttributeNames',
  ChangeMessageVisibilityBatchRequestEntry: 'Entries',
  DeleteMessageBatchRequestEntry: 'Entries',
  MessageAttributeName: 'MessageAttributeNames',
  MessageSystemAttributeName: 'MessageSystemAttributeNames',
  SendMessageBatchRequestEntry: 'Entries',
  TagKey: 'TagKeys',
};
const MAPS: Readonly<Record<string, string>> = {
  Attribute: 'Attributes',
  MessageAttribute: 'MessageAttributes',
  MessageSystemAttribute: 'MessageSystemAttributes',
  Tag: 'Tags',
};
const NUMBERS = new Set(['DelaySeconds', 'MaxNumberOfMessages', 'MaxResults', 'VisibilityTimeout', 'WaitTimeSeconds']);

/** The SDK's input shape of a decoded form. The queue may be named by the path instead of `QueueUrl`. */
export function sqsInput(form: Json, { path }: Request): Json {
  const input = rename(form);
  if (input.QueueUrl === undefined && /^\/\d{12}\/[^/]+$/.test(path)) input.QueueUrl = path;
  return input;
}

function rename(form: Json): Json {
  const entries = Object.entries(form).map(([name, value]): [string, unknown] => {
    if (MAPS[name] && Array.isArray(value)) return [MAPS[name], mapOf(value)];
    if (LISTS[name] && Array.isArray(value)) {
      const items = value.map((item) => (typeof item === 'object' && item !== null ? rename(item as Json) : item));
      return [LISTS[name], items];
    }
    return [name, NUMBERS.has(name) ? Number(value) : value];
  });
  return Object.fromEntries(entries);
}

export const sqsXmlStyle: XmlStyle = {
  namespace: 'http://queue.amazonaws.com/doc/2012-11-05/',
  maps: new Set(['Attributes', 'MessageAttributes', 'Tags']),
  flattened: {
    Attributes: 'Attribute',
    Failed: 'BatchResultErrorEntry',
    MessageAttributes: 'MessageAttribute',
    Messages: 'Message',
    QueueUrls: 'QueueUrl',
    Tags: 'Tag',
    queueUrls: 'QueueUrl',
  },
};

/** Successful entries of a batch are named after the operation. */
export function sqsOutput(operation: string, output: Json): XmlStyle {
  if (!output.Successful) return sqsXmlStyle;
  return { ...sqsXmlStyle, flattened: { ...sqsXmlStyle.flattened, Successful: `${operation}ResultEntry` } };
}
