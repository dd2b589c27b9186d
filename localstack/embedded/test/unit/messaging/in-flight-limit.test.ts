import { describe, expect, it } from '@jest/globals';
import { createQueues } from '#embedded/messaging/queues.ts';
import { createSqs } from '#embedded/messaging/sqs.ts';
import { createStore } from '#embedded/store/index.ts';
import { OUTSIDE } from '#embedded/types.ts';
import { createVirtualTime } from '#embedded/virtual-time.ts';
import { environment, urlOf } from './fixture.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
describe('a queue with 120,000 messages in flight', () => {
  it('gives no more: an error at once, nothing to a long poll, and one again when one is deleted', async () => {
    const limit = 120_000;
    const time = createVirtualTime();
    const queues = createQueues({
      environment,
      publicUrl: () => 'http://localhost',
      store: createStore(),
      ports: time,
    });
    const queue = queues.create({ name: 'full', attributes: {}, tags: {} });
    const draft = { body: 'x', attributes: {}, senderId: 'me' };
    queue.send(Array.from({ length: limit + 1 }, () => draft));
    const taken = queue.receive(limit + 1);
    expect(taken).toHaveLength(limit);
    const sqs = createSqs({ queues, accountId: environment.accountId, authorize: () => {}, ports: time });
    const ask = (WaitTimeSeconds: number) =>
      sqs.call('ReceiveMessage', { QueueUrl: urlOf('full'), WaitTimeSeconds }, OUTSIDE);

    await expect(ask(0)).rejects.toMatchObject({ code: 'OverLimit' });
    const polled = ask(1);
    await time.advance(1_000);
    expect(await polled).toEqual({});
    queue.delete(taken.slice(0, 1));
    expect((await ask(0)).Messages).toHaveLength(1);
  });
});
