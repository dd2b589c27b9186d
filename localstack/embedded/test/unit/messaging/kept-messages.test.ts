import { describe, expect, it } from '@jest/globals';
import { type Caller, OUTSIDE } from '#embedded/types.ts';
import { aQueue, queueArn, receive, send, topicArn, urlOf } from './fixture.ts';
import { afterAKill, batches, call, counts, redrivePolicy, stackQueues, start, time } from './kept-setup.ts';

const role: Caller = { roleArn: 'arn:aws:iam::000000000000:role/receiver' };

describe('messages of a queue of the stack', () => {
  it('given some that were not received, when the next process starts, then they are there in order, as they were sent', async () => {
    const first = await start();
    const attributes = { Kind: { DataType: 'String', StringValue: 'late' } };
    const { MessageId } = await send(first, 'orders', 'one', { MessageAttributes: attributes });
    await send(first, 'orders', 'two');

    const messages = await receive(await start(), 'orders');
    expect(messages.map(({ Body }) => Body)).toEqual(['one', 'two']);
    expect(messages[0]).toMatchObject({ MessageId, MessageAttributes: attributes });
  });

  it('given one that was deleted, when the next process starts, then it is gone', async () => {
    const first = await start();
    await send(first, 'orders', 'done');
    const [message] = await receive(first, 'orders');
    await call(first, 'DeleteMessage', { ReceiptHandle: message?.ReceiptHandle });

    expect(await counts(await start())).toEqual([0, 0, 0]);
  });

  it('given one that a client was receiving, when the next process starts, then it is hidden until its time-out, counts its receives, and its handle deletes it', async () => {
    const first = await start();
    await send(first, 'orders', 'hard');
    const [held] = await receive(first, 'orders');
    await time.advance(10_000);

    const second = await start();
    expect(await counts(second)).toEqual([0, 1, 0]);
    await time.advance(20_000);
    const third = await start();
    await call(second, 'DeleteMessage', { ReceiptHandle: held?.ReceiptHandle });
    expect(await counts(second)).toEqual([0, 0, 0]);
    expect(await receive(third, 'orders')).toMatchObject([
      { Body: 'hard', Attributes: { ApproximateReceiveCount: '2', ApproximateFirstReceiveTimestamp: '1893456000000' } },
    ]);
  });

  it('given one that a role of the stack was receiving, when the next process starts, then it comes at once: its receiver died as well', async () => {
    const first = await start();
    await send(first, 'orders', 'hard');
    await first.sqs.call('ReceiveMessage', { QueueUrl: urlOf('orders') }, role);

    expect(await receive(await start(), 'orders')).toMatchObject([
      { Body: 'hard', Attributes: { ApproximateReceiveCount: '2' } },
    ]);
  });

  it('given a kill between any two writes, then a message that moves is in exactly one queue, and its receives are not forgotten', async () => {
    const first = await start([
      aQueue('orders', { redrive_policy: redrivePolicy, visibility_timeout_seconds: 0 }),
      aQueue('dead'),
    ]);
    const before = batches.length;
    await send(first, 'orders', 'moves');
    for (const expected of [1, 1, 0]) expect(await receive(first, 'orders')).toHaveLength(expected);
    await call(first, 'StartMessageMoveTask', { SourceArn: queueArn('dead') });

    const all = [...batches];
    const where: string[] = [];
    for (let kept = before + 1; kept <= all.length; kept += 1) {
      const next = await start(stackQueues, afterAKill(all.slice(0, kept)));
      const [orders, dead] = [await receive(next, 'orders'), await receive(next, 'dead')];
      const receives = [...orders, ...dead].map(({ Attributes }) => Attributes?.ApproximateReceiveCount);
      where.push(`${orders.length} ${dead.length}, receive ${receives}`);
    }
    // Sent, received twice, dead (the third receive gave it up and is not counted), and moved back as a new message.
    expect(where).toEqual(['1 0, receive 1', '1 0, receive 2', '0 1, receive 3', '0 1, receive 3', '1 0, receive 1']);
  });

  it('given one that is delayed, when the next process starts, then it is still delayed, and comes in time', async () => {
    await send(await start(), 'orders', 'later', { DelaySeconds: 60 });
    await time.advance(59_000);

    const next = await start();
    expect(await counts(next)).toEqual([0, 0, 1]);
    await time.advance(1_000);
    expect(await counts(next)).toEqual([1, 0, 0]);
  });

  it('given a purge, when the next process starts, then nothing is left', async () => {
    const first = await start();
    await send(first, 'orders', 'one');
    await send(first, 'dead', 'other');
    await call(first, 'PurgeQueue', {});

    const second = await start();
    expect([await counts(second), await counts(second, 'dead')]).toEqual([
      [0, 0, 0],
      [1, 0, 0],
    ]);
  });

  it('given a message on a topic, when it has been answered, then its copies outlive the process', async () => {
    const first = await start();
    await first.sns.call('Publish', { TopicArn: topicArn('news'), Message: 'told' }, OUTSIDE);

    expect(JSON.parse((await receive(await start(), 'orders'))[0]?.Body ?? '{}').Message).toBe('told');
  });

  it('given a queue that another stack has, when this one starts, then its messages wait for that stack', async () => {
    await send(await start(), 'orders', 'waits');
    await start([aQueue('other')]);

    expect(await counts(await start())).toEqual([1, 0, 0]);
  });
});
