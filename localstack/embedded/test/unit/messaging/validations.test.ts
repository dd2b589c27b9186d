import { describe, expect, it } from '@jest/globals';
import { queueArn, receive, send, unique, urlOf } from './fixture.ts';
import { call, deadLetters, messaging, orders } from './sqs-setup.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
describe('attributes of a queue that is made or changed by a call', () => {
  const policy = (value: object) => ({ RedrivePolicy: JSON.stringify(value) });

  it.each([
    ['a dead-letter queue that is not there', policy({ deadLetterTargetArn: queueArn('nope'), maxReceiveCount: '3' })],
    ['a redrive policy without a target', policy({ maxReceiveCount: 3 })],
    ['a redrive policy without a count', policy({ deadLetterTargetArn: queueArn(deadLetters) })],
    ['a count of 0', policy({ deadLetterTargetArn: queueArn(deadLetters), maxReceiveCount: 0 })],
    ['a count above 1000', policy({ deadLetterTargetArn: queueArn(deadLetters), maxReceiveCount: 1_001 })],
    ['a redrive policy that is no JSON', { RedrivePolicy: 'nope' }],
    ['a scope of deduplication that there is not', { FifoQueue: 'true', DeduplicationScope: 'foo' }],
  ])('are refused for %s', async (_, Attributes) => {
    const refusal = { name: 'AwsError', code: 'InvalidParameterValue' };
    const QueueName = 'FifoQueue' in Attributes ? `${unique('made')}.fifo` : unique('made');

    await expect(call('CreateQueue', { QueueName, Attributes })).rejects.toMatchObject(refusal);
    await expect(call('SetQueueAttributes', { QueueUrl: urlOf(orders), Attributes })).rejects.toMatchObject(refusal);
  });

  it('are refused for a deduplication by message group, which is not served here, with a sentence that says so', async () => {
    const Attributes = { FifoQueue: 'true', DeduplicationScope: 'messageGroup' };

    await expect(call('CreateQueue', { QueueName: `${unique('made')}.fifo`, Attributes })).rejects.toMatchObject({
      code: 'InvalidParameterValue',
      message: expect.stringContaining('DeduplicationScope messageGroup is not served by the local cloud'),
    });
  });

  it('are taken where they are right', async () => {
    const Attributes = policy({ deadLetterTargetArn: queueArn(deadLetters), maxReceiveCount: '3' });

    expect(await call('CreateQueue', { QueueName: unique('made'), Attributes })).toHaveProperty('QueueUrl');
  });
});

describe('receipt handles in a batch', () => {
  it.each(['DeleteMessageBatch', 'ChangeMessageVisibilityBatch'])(
    '%s refuses the bad ones and does the rest',
    async (operation) => {
      const queue = unique('handles');
      await call('CreateQueue', { QueueName: queue });
      await send(messaging, queue, 'x');
      const [message] = await receive(messaging, queue);
      const Entries = [
        { Id: 'bad', ReceiptHandle: 'bogus', VisibilityTimeout: 0 },
        { Id: 'good', ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 0 },
      ];

      expect(await call(operation, { QueueUrl: urlOf(queue), Entries })).toMatchObject({
        Successful: [{ Id: 'good' }],
        Failed: [{ Id: 'bad', SenderFault: true, Code: 'ReceiptHandleIsInvalid' }],
      });
    },
  );
});

describe('a dead letter', () => {
  it('counts the receives of both queues, and not the one that gave it up', async () => {
    await send(messaging, orders, 'poison');
    await receive(messaging, orders);
    expect(await receive(messaging, orders)).toEqual([]);

    expect(await receive(messaging, deadLetters)).toMatchObject([{ Attributes: { ApproximateReceiveCount: '2' } }]);
  });
});

describe('queues that use a dead-letter queue', () => {
  it('are listed', async () => {
    const sources = await call('ListDeadLetterSourceQueues', { QueueUrl: urlOf(deadLetters) });

    expect(sources).toEqual({ queueUrls: [expect.stringContaining(`/${orders}`)] });
  });
});
