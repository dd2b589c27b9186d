import { afterEach, beforeEach } from '@jest/globals';
import {
  createEventSourceMappings,
  type EventSourceMappingOptions,
  type InvokeResult,
} from '#embedded/messaging/event-source-mapping.ts';
import type { Messaging } from '#embedded/messaging/index.ts';
import { AwsError, type Closable, OUTSIDE, type StackResource } from '#embedded/types.ts';
import { aMessaging, aQueue, queueArn, unique, urlOf } from './fixture.ts';

const roleArn = 'arn:aws:iam::000000000000:role/redrive';

export const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:redrive';

export const aFunction: StackResource = {
  type: 'aws_lambda_function',
  name: 'redrive',
  attributes: {
    function_name: 'redrive',
    arn: functionArn,
    qualified_arn: `${functionArn}:1`,
    role: roleArn,
    timeout: 2,
  },
};

interface Batch {
  readonly functionArn: string;
  readonly records: Record<string, never>[];
  readonly signal: AbortSignal;
  /** As Lambda does where it cannot invoke. */
  refuse(error: Error): void;
  answer(result: Partial<InvokeResult>): void;
}

export let queue: string;

export let messaging: Messaging;

export let mappings: Closable | undefined;

export let denied: string | undefined;

export let warnings: string[];

export let batches: Batch[];

let someone: (batch: Batch) => void;

export let told: () => void;

/** The next batch that the function gets; it answers when the test says so. */
export const nextBatch = () => {
  const waiting = batches.shift();
  return waiting
    ? Promise.resolve(waiting)
    : new Promise<Batch>((resolve) => {
        someone = resolve;
      });
};

const aMapping = (attributes: StackResource['attributes'] = {}): StackResource => ({
  type: 'aws_lambda_event_source_mapping',
  name: 'redrive',
  attributes: { event_source_arn: queueArn(queue), function_name: 'redrive', ...attributes },
});

export const start = (attributes: StackResource['attributes'] = {}, more: Partial<EventSourceMappingOptions> = {}) => {
  mappings = createEventSourceMappings({
    mappings: [aMapping(attributes)],
    functions: [aFunction],
    queues: [aQueue(queue, { visibility_timeout_seconds: 2 })],
    sqs: messaging.sqs,
    invoke: (arn, payload, signal) =>
      new Promise((resolve, refuse) => {
        const { Records: records } = payload as { Records: Record<string, never>[] };
        const answer = (result: object): void => resolve({ payload: null, ...result });
        const batch = { functionArn: arn, records, signal, refuse, answer };
        if (someone) someone(batch);
        else batches.push(batch);
        someone = undefined as never;
      }),
    warn: (message) => {
      warnings.push(message);
      told?.();
    },
    ...more,
  });
};

export const left = async () => {
  const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'];
  const input = { QueueUrl: urlOf(queue), AttributeNames: names };
  const { Attributes } = await messaging.sqs.call('GetQueueAttributes', input, OUTSIDE);
  return Object.values(Attributes as Record<string, string>).reduce((sum, count) => sum + Number(count), 0);
};

/** Waits for a state to come; the test's own time limit is the only clock. */
export const eventually = async (reached: () => Promise<boolean>) => {
  while (!(await reached())) await new Promise((resolve) => setImmediate(resolve));
};

beforeEach(async () => {
  queue = unique('events');
  denied = undefined;
  warnings = [];
  batches = [];
  someone = undefined as never;
  messaging = await aMessaging({
    queues: [aQueue(queue, { visibility_timeout_seconds: 2 })],
    authorize: (caller, action) => {
      if (caller.roleArn === roleArn && action === denied)
        throw new AwsError('AccessDenied', `${action} is denied`, 403);
    },
  });
});

afterEach(async () => {
  for (const batch of batches) batch.answer({});
  await messaging.close();
  await mappings?.close();
});

export const setDenied = (value: typeof denied): void => {
  denied = value;
};

export const setMappings = (value: typeof mappings): void => {
  mappings = value;
};

export const setTold = (value: typeof told): void => {
  told = value;
};

export const setMessaging = (value: typeof messaging): void => {
  messaging = value;
};
