import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createEventSourceMappings,
  type EventSourceMappingOptions,
  type InvokeResult,
} from '#embedded/messaging/event-source-mapping.ts';
import type { Messaging } from '#embedded/messaging/index.ts';
import { AwsError, type Closable, OUTSIDE, type StackResource } from '#embedded/types.ts';
import { aMessaging, aQueue, queueArn, receive, send, unique, urlOf } from './fixture.ts';

const roleArn = 'arn:aws:iam::000000000000:role/redrive';
const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:redrive';
const aFunction: StackResource = {
  type: 'aws_lambda_function',
  name: 'redrive',
  attributes: { function_name: 'redrive', arn: functionArn, role: roleArn, timeout: 2 },
};

interface Batch {
  readonly functionArn: string;
  readonly records: Record<string, never>[];
  answer(result: Partial<InvokeResult>): void;
}

let queue: string;
let messaging: Messaging;
let mappings: Closable | undefined;
let denied: string | undefined;
let warnings: string[];
let batches: Batch[];
let someone: (batch: Batch) => void;
let told: () => void;

/** The next batch that the function gets; it answers when the test says so. */
const nextBatch = () => {
  const waiting = batches.shift();
  return waiting
    ? Promise.resolve(waiting)
    : new Promise<Batch>((resolve) => {
        someone = resolve;
      });
};

const nextWarning = () =>
  new Promise<void>((resolve) => {
    told = resolve;
  });

const aMapping = (attributes: StackResource['attributes'] = {}): StackResource => ({
  type: 'aws_lambda_event_source_mapping',
  name: 'redrive',
  attributes: { event_source_arn: queueArn(queue), function_name: 'redrive', ...attributes },
});

const start = (attributes: StackResource['attributes'] = {}, more: Partial<EventSourceMappingOptions> = {}) => {
  mappings = createEventSourceMappings({
    mappings: [aMapping(attributes)],
    functions: [aFunction],
    sqs: messaging.sqs,
    invoke: (arn, payload) =>
      new Promise((resolve) => {
        const { Records: records } = payload as { Records: Record<string, never>[] };
        const batch = { functionArn: arn, records, answer: (result: object) => resolve({ payload: null, ...result }) };
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

const left = async () => {
  const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'];
  const input = { QueueUrl: urlOf(queue), AttributeNames: names };
  const { Attributes } = await messaging.sqs.call('GetQueueAttributes', input, OUTSIDE);
  return Object.values(Attributes as Record<string, string>).reduce((sum, count) => sum + Number(count), 0);
};

/** Waits for a state to come; the test's own time limit is the only clock. */
const eventually = async (reached: () => Promise<boolean>) => {
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

describe('an event source mapping', () => {
  it('hands the function AWS’s record and deletes the message afterwards', async () => {
    start();
    const sent = await send(messaging, queue, '{"a":1}', {
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'redrive' } },
    });
    const batch = await nextBatch();

    expect(batch.functionArn).toBe(functionArn);
    expect(batch.records).toEqual([
      {
        messageId: sent.MessageId,
        receiptHandle: expect.any(String),
        body: '{"a":1}',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: expect.stringMatching(/^\d{13}$/),
          SenderId: expect.any(String),
          ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        },
        messageAttributes: {
          kind: { stringValue: 'redrive', stringListValues: [], binaryListValues: [], dataType: 'String' },
        },
        md5OfMessageAttributes: sent.MD5OfMessageAttributes,
        md5OfBody: sent.MD5OfMessageBody,
        eventSource: 'aws:sqs',
        eventSourceARN: queueArn(queue),
        awsRegion: 'us-east-1',
      },
    ]);
    expect(await left()).toBe(1);
    batch.answer({});
    await eventually(async () => (await left()) === 0);
  });

  it('gives at most a batch at a time and no more batches than its concurrency', async () => {
    for (const body of ['1', '2', '3', '4', '5']) await send(messaging, queue, body);
    start({ batch_size: 2, scaling_config: { maximum_concurrency: 2 } });
    const [first, second] = [await nextBatch(), await nextBatch()];
    expect([first.records.length, second.records.length]).toEqual([2, 2]);

    const third = nextBatch();
    first.answer({});
    expect((await third).records).toHaveLength(1);
    second.answer({});
    (await third).answer({});
  });

  it('fills a batch within its window', async () => {
    start({ batch_size: 12, maximum_batching_window_in_seconds: 20 });
    for (let index = 0; index < 12; index++) await send(messaging, queue, String(index));

    const batch = await nextBatch();
    expect(batch.records).toHaveLength(12);
    batch.answer({});
    await eventually(async () => (await left()) === 0);
  });

  it('lets the visibility time-out bring a failed batch back', async () => {
    await send(messaging, queue, 'x');
    start();
    (await nextBatch()).answer({ functionError: 'Unhandled' });

    const again = await nextBatch();
    expect(again.records).toMatchObject([{ body: 'x', attributes: { ApproximateReceiveCount: '2' } }]);
    again.answer({});
  });

  it.each([
    ['deletes all when failures are not to be reported', {}, ['good', 'bad'], 0],
    ['keeps what the function reports as failed', { function_response_types: ['ReportBatchItemFailures'] }, ['bad'], 1],
  ])('%s', async (_what, attributes, failing, kept) => {
    await send(messaging, queue, 'good');
    await send(messaging, queue, 'bad');
    start(attributes);
    const batch = await nextBatch();
    const failed = batch.records.filter(({ body }) => failing.includes(String(body)));
    batch.answer({ payload: { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) } });

    await eventually(async () => (await left()) === kept);
  });

  it('keeps the whole batch when the report names what was not in it', async () => {
    await send(messaging, queue, 'x');
    start({ function_response_types: ['ReportBatchItemFailures'] }, { retryDelayMs: 0 });
    (await nextBatch()).answer({ payload: { batchItemFailures: [{ itemIdentifier: 'unknown' }] } });

    const again = await nextBatch();
    expect(again.records).toMatchObject([{ body: 'x' }]);
    again.answer({});
  });

  it('deletes what its filter keeps out without invoking the function', async () => {
    start({ filter_criteria: [{ filter: [{ pattern: '{"body":{"kind":["redrive"]}}' }] }] });
    await send(messaging, queue, '{"kind":"other"}');
    await eventually(async () => (await left()) === 0);
    await send(messaging, queue, '{"kind":"redrive"}');

    const batch = await nextBatch();
    expect(batch.records).toMatchObject([{ body: '{"kind":"redrive"}' }]);
    batch.answer({});
  });
});

describe('the role of the function', () => {
  it.each(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'])(
    'without %s gets nothing, one warning, and goes on once it is given back',
    async (action) => {
      denied = action;
      const warned = nextWarning();
      start();
      await warned;
      await send(messaging, queue, 'x');
      expect(await left()).toBe(1);

      denied = undefined;
      const batch = await nextBatch();
      expect(batch.records).toMatchObject([{ body: 'x', attributes: { ApproximateReceiveCount: '1' } }]);
      batch.answer({});
      expect(warnings).toEqual([expect.stringContaining(`${action} is denied`)]);
    },
  );

  it.each(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'])(
    'that loses %s while it polls gets nothing more',
    async (action) => {
      start();
      await send(messaging, queue, 'first');
      (await nextBatch()).answer({});
      await eventually(async () => (await left()) === 0);

      const warned = nextWarning();
      denied = action;
      await send(messaging, queue, 'second');
      await warned;

      expect(batches).toEqual([]);
      expect(await receive(messaging, queue)).toMatchObject([{ Body: 'second' }]);
    },
  );
});

describe('a mapping that cannot work', () => {
  it.each([
    ['an unknown function', { function_name: 'nobody' }, 'nobody is no function of this stack'],
    ['another source', { event_source_arn: 'arn:aws:kinesis:us-east-1:0:stream/s' }, 'is not an SQS queue'],
    ['a bad filter', { filter_criteria: { filter: [{ pattern: '{"body":"x"}' }] } }, 'must be a list or an object'],
  ])('for %s does not load', (_what, attributes, message) => {
    expect(() => start(attributes)).toThrow(message);
    mappings = undefined;
  });

  it('says that the queue shows messages again before the function is done', async () => {
    const warned = nextWarning();
    await messaging.sqs.call(
      'SetQueueAttributes',
      { QueueUrl: urlOf(queue), Attributes: { VisibilityTimeout: '1' } },
      OUTSIDE,
    );
    start();
    await warned;

    expect(warnings).toEqual([
      expect.stringContaining('Queue visibility timeout: 1 seconds is less than Function timeout: 2'),
    ]);
  });

  it('is left alone when it is disabled', async () => {
    await send(messaging, queue, 'x');
    start({ enabled: false });

    expect(await receive(messaging, queue)).toMatchObject([
      { Body: 'x', Attributes: { ApproximateReceiveCount: '1' } },
    ]);
  });
});

describe('closing', () => {
  it('waits for the batch under way and takes nothing more', async () => {
    start();
    await send(messaging, queue, 'x');
    const batch = await nextBatch();
    const closed = mappings?.close();
    batch.answer({});
    await closed;
    expect(await left()).toBe(0);

    await send(messaging, queue, 'y');
    await eventually(async () => (await receive(messaging, queue)).length === 1);
    expect(batches).toEqual([]);
  });
});
