import { jsonObject } from '../../json.ts';
import { AwsError } from '../../types.ts';

/** What a queue's attributes say, in milliseconds and bytes. */
export interface Settings {
  readonly delayMs: number;
  readonly visibilityMs: number;
  readonly waitMs: number;
  readonly retentionMs: number;
  readonly maximumBytes: number;
  readonly redrive: { readonly targetArn: string; readonly maxReceiveCount: number } | undefined;
}

interface Limits {
  readonly least: number;
  readonly most: number;
  readonly preset?: string;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const numbers: Readonly<Record<string, Limits>> = {
  DelaySeconds: { least: 0, most: 900, preset: '0' },
  MaximumMessageSize: { least: 1_024, most: 1_048_576, preset: '1048576' },
  MessageRetentionPeriod: { least: 60, most: 1_209_600, preset: '345600' },
  ReceiveMessageWaitTimeSeconds: { least: 0, most: 20, preset: '0' },
  VisibilityTimeout: { least: 0, most: 43_200, preset: '30' },
  KmsDataKeyReusePeriodSeconds: { least: 60, most: 86_400 },
};

const texts = ['Policy', 'RedrivePolicy', 'RedriveAllowPolicy', 'KmsMasterKeyId', 'SqsManagedSseEnabled'];

const fifoOnly = ['FifoQueue', 'ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit'];

export const settableAttributes: readonly string[] = [...Object.keys(numbers), ...texts];

export const presetAttributes: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(numbers).flatMap(([name, { preset }]) => (preset ? [[name, preset]] : []))),
  SqsManagedSseEnabled: 'true',
};

const noFifoOf = (kind: string): string =>
  `FIFO ${kind}s are not served by the local cloud: use a standard ${kind}, and make receivers idempotent`;

export const noFifo = noFifoOf('queue');
export const noFifoTopic = noFifoOf('topic');

/** @throws AwsError in AWS's words for a name or value that it does not take, and for FIFO queues. */
export function checkAttributes(attributes: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (fifoOnly.includes(name)) throw new AwsError('InvalidAttributeName', `${name}: ${noFifo}.`);
    const limits = numbers[name];
    if (!limits && !texts.includes(name)) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
    if (limits && !isWithin(value, limits)) throw invalidValue(name);
    if (name === 'SqsManagedSseEnabled' && !/^(true|false)$/i.test(value)) throw invalidValue(name);
    if (name === 'Policy' && value !== '' && !jsonObject(value)) throw invalidValue(name);
  }
  if (attributes.KmsMasterKeyId && attributes.SqsManagedSseEnabled?.toLowerCase() === 'true') {
    throw new AwsError(
      'InvalidAttributeName',
      'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
    );
  }
}

/** A queue with a key of its own has no key of SQS, and one whose attribute is given as an empty text has none. */
export function changedAttributes(
  former: Readonly<Record<string, string>>,
  changed: Readonly<Record<string, string>>,
): Record<string, string> {
  const all = { ...former, ...(changed.KmsMasterKeyId && { SqsManagedSseEnabled: 'false' }), ...changed };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

export function settingsOf(attributes: Readonly<Record<string, string>>): Settings {
  const number = (name: string): number => Number(attributes[name] ?? presetAttributes[name]);
  const redrive = attributes.RedrivePolicy ? JSON.parse(attributes.RedrivePolicy) : undefined;
  return {
    delayMs: number('DelaySeconds') * 1000,
    visibilityMs: number('VisibilityTimeout') * 1000,
    waitMs: number('ReceiveMessageWaitTimeSeconds') * 1000,
    retentionMs: number('MessageRetentionPeriod') * 1000,
    maximumBytes: number('MaximumMessageSize'),
    redrive: redrive && {
      targetArn: String(redrive.deadLetterTargetArn),
      maxReceiveCount: Number(redrive.maxReceiveCount),
    },
  };
}

const invalidValue = (name: string): AwsError =>
  new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);

const isWithin = (value: string, { least, most }: Limits): boolean =>
  /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most;
