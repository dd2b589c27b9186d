import { describe, expect, it } from '@jest/globals';
import { OUTSIDE } from '#embedded/types.ts';
import { aQueue, receive, send, urlOf } from './fixture.ts';
import {
  aFunction,
  batches,
  eventually,
  left,
  messaging,
  nextBatch,
  queue,
  setDenied,
  setMappings,
  setTold,
  start,
  warnings,
} from './mapping-setup.ts';

const nextWarning = () =>
  new Promise<void>((resolve) => {
    setTold(resolve);
  });

describe('the role of the function', () => {
  it.each(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'])(
    'without %s gets nothing, one warning, and goes on once it is given back',
    async (action) => {
      setDenied(action);
      const warned = nextWarning();
      start();
      await warned;
      await send(messaging, queue, 'x');
      expect(await left()).toBe(1);

      setDenied(undefined);
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
      setDenied(action);
      await send(messaging, queue, 'second');
      await warned;

      expect(batches).toEqual([]);
      expect(await receive(messaging, queue)).toMatchObject([{ Body: 'second' }]);
    },
  );
});

const filters = (count: number) => ({
  filter_criteria: { filter: Array(count).fill({ pattern: '{"body":{"a":[1]}}' }) },
});

describe('a mapping that cannot work', () => {
  it.each([
    ['an unknown function', { function_name: 'absent' }, 'absent is no function of this stack'],
    ['another source', { event_source_arn: 'arn:aws:kinesis:us-east-1:0:stream/s' }, 'is not an SQS queue'],
    ['large batches without a window', { batch_size: 11 }, 'maximum_batching_window_in_seconds of 1 or more'],
    ['no batches', { batch_size: 0 }, 'batch_size: is a whole number between 1 and 10000, not 0'],
    ['long windows', { maximum_batching_window_in_seconds: 301 }, 'is a whole number between 0 and 300, not 301'],
    [
      'one batch at a time',
      { scaling_config: { maximum_concurrency: 1 } },
      'is a whole number between 2 and 1000, not 1',
    ],
    ['a stream', { maximum_retry_attempts: 2 }, 'maximum_retry_attempts is not served by the local cloud'],
    ['many filters', filters(11), 'redrive.filter_criteria: has 11 filters, and AWS takes at most 10'],
    ['a long filter', { filter_criteria: { filter: [{ pattern: ' '.repeat(4_097) }] } }, 'at most 4096 characters'],
    ['a bad filter', { filter_criteria: { filter: [{ pattern: '{"body":"x"}' }] } }, 'must be a list or an object'],
  ])('for %s does not load', (_what, attributes, message) => {
    expect(() => start(attributes)).toThrow(message);
    setMappings(undefined);
  });

  it('with more filters than AWS takes without a raised quota is told', () => {
    start(filters(6));

    expect(warnings).toEqual([expect.stringMatching(/redrive.filter_criteria: has 6 filters.* quota of 5$/)]);
  });

  it.each([
    ['its own', { visibility_timeout_seconds: 1 }, {}, 1, 2],
    ['the preset', {}, { timeout: 60 }, 30, 60],
  ])('for a queue that by %s visibility timeout shows messages again too early does not load', (...given) => {
    const [, ofQueue, ofFunction, visible, timeout] = given;
    const functions = [{ ...aFunction, attributes: { ...aFunction.attributes, ...ofFunction } }];

    expect(() => start({}, { functions, queues: [aQueue(queue, ofQueue)] })).toThrow(
      `aws_lambda_event_source_mapping.redrive.event_source_arn: Queue visibility timeout: ${visible} seconds is less than Function timeout: ${timeout} seconds: give aws_sqs_queue.${queue} a visibility_timeout_seconds of ${timeout} or more`,
    );
    setMappings(undefined);
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
