/** The event that Lambda makes of a batch; https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
import { compilePattern } from '../events/pattern.ts';
import { parsedJson } from '../json.ts';
import type { MessageAttributes } from './queue/message.ts';

/** A message as ReceiveMessage answers it. */
export interface SqsMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly MD5OfMessageAttributes?: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: MessageAttributes;
}

export type SqsRecord = ReturnType<typeof recordOf>;

export function recordOf(message: SqsMessage, eventSourceARN: string) {
  const messageAttributes = Object.entries(message.MessageAttributes ?? {}).map(([name, attribute]) => [
    name,
    {
      ...(attribute.StringValue !== undefined && { stringValue: attribute.StringValue }),
      ...(attribute.BinaryValue !== undefined && { binaryValue: attribute.BinaryValue }),
      stringListValues: [],
      binaryListValues: [],
      dataType: attribute.DataType,
    },
  ]);
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(messageAttributes),
    ...(message.MD5OfMessageAttributes && { md5OfMessageAttributes: message.MD5OfMessageAttributes }),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN,
    awsRegion: eventSourceARN.split(':')[3] ?? '',
  };
}

/** Filters see the body as JSON where it is JSON. */
export function compileFilters(patterns: readonly string[], label: string): (record: SqsRecord) => boolean {
  if (patterns.length === 0) return () => true;
  const filters = patterns.map((pattern, index) => compilePattern(pattern, `${label}.filter_criteria[${index}]`));
  return (record) => {
    const view = { ...record, body: parsedJson(record.body) ?? record.body };
    return filters.some((matches) => matches(view));
  };
}

/**
 * Which messages of a batch failed, by Lambda's rules for partial responses: nothing reported is success, anything
 * malformed (no id, an id that was not in the batch) fails the whole batch.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 */
export function failedIds(payload: unknown, batch: readonly SqsRecord[]): Set<string> {
  const ids = batch.map(({ messageId }) => messageId);
  const response = typeof payload === 'string' ? parsedJson(payload) : payload;
  if (response === null || typeof response !== 'object' || !('batchItemFailures' in response)) return new Set();
  const failures: unknown = response.batchItemFailures;
  if (failures === null || failures === undefined) return new Set();
  if (!Array.isArray(failures)) return new Set(ids);
  const failed = failures.map((failure) => failure?.itemIdentifier);
  return new Set(failed.every((id) => ids.includes(id)) ? failed : ids);
}
