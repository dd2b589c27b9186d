import { describe, expect, it } from '@jest/globals';
import { createVirtualTime } from '#embedded/virtual-time.ts';
import { aMessaging, aQueue, queueArn, receive, send } from './fixture.ts';
import {
  batches,
  eventually,
  functionArn,
  left,
  mappings,
  messaging,
  nextBatch,
  queue,
  setMessaging,
  start,
  warnings,
} from './mapping-setup.ts';

describe('an event source mapping', () => {
  it.each([functionArn, `${functionArn}:1`])('invokes %s where it names that', async (function_name) => {
    start({ function_name });
    await send(messaging, queue, 'x');
    const batch = await nextBatch();
    batch.answer({});

    expect(batch.functionArn).toBe(function_name);
  });

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

  it('makes one batch of what comes while it finds the first message', async () => {
    const time = createVirtualTime();
    setMessaging(await aMessaging({ queues: [aQueue(queue)], ports: time }));
    start({}, { ports: time });
    await send(messaging, queue, 'first');
    const batch = nextBatch();
    await time.advance(19);
    expect(await Promise.race([batch, 'waits'])).toBe('waits');
    await send(messaging, queue, 'second');
    await time.advance(1);

    expect((await batch).records.map(({ body }) => body)).toEqual(['first', 'second']);
    (await batch).answer({});
  });

  it('hands over what has come when its window ends', async () => {
    const time = createVirtualTime();
    setMessaging(await aMessaging({ queues: [aQueue(queue)], ports: time }));
    start({ batch_size: 12, maximum_batching_window_in_seconds: 5 }, { ports: time });
    await send(messaging, queue, 'x');
    const batch = nextBatch();
    await time.advance(4_999);
    expect(await Promise.race([batch, 'waits'])).toBe('waits');
    await time.advance(1);

    expect((await batch).records).toMatchObject([{ body: 'x' }]);
    (await batch).answer({});
  });

  it('gives a batch up that could not begin until its messages are visible again, and hands them on anew', async () => {
    const time = createVirtualTime();
    const queues = [aQueue(queue, { visibility_timeout_seconds: 6 })];
    setMessaging(await aMessaging({ queues, ports: time }));
    start({ scaling_config: { maximum_concurrency: 2 } }, { ports: time });
    await send(messaging, queue, 'x');
    const batch = nextBatch();
    await time.advance(5_999);
    const first = await batch;
    expect(first.signal.aborted).toBe(false);
    await time.advance(1);
    expect(first.signal.aborted).toBe(true);
    first.refuse(first.signal.reason);

    const again = nextBatch();
    await time.advance(1_000);
    expect((await again).records).toMatchObject([{ body: 'x', attributes: { ApproximateReceiveCount: '2' } }]);
    expect((await again).signal.aborted).toBe(false);
    (await again).answer({});
    expect(warnings).toEqual([expect.stringContaining('could not be invoked: its messages were visible again')]);
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
    start({ filter_criteria: { filter: [{ pattern: '{"body":{"kind":["redrive"]}}' }] } });
    await send(messaging, queue, '{"kind":"other"}');
    await eventually(async () => (await left()) === 0);
    await send(messaging, queue, '{"kind":"redrive"}');

    const batch = await nextBatch();
    expect(batch.records).toMatchObject([{ body: '{"kind":"redrive"}' }]);
    batch.answer({});
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
