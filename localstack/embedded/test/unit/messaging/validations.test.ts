import { describe, expect, it } from '@jest/globals';
import { OUTSIDE } from '#embedded/types.ts';
import { aMessaging, aQueue, aTopic, queueArn, receive, send, unique, urlOf } from './fixture.ts';
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
  ])('are refused for %s', async (_, Attributes) => {
    const refusal = { name: 'AwsError', code: 'InvalidParameterValue' };

    await expect(call('CreateQueue', { QueueName: unique('made'), Attributes })).rejects.toMatchObject(refusal);
    await expect(call('SetQueueAttributes', { QueueUrl: urlOf(orders), Attributes })).rejects.toMatchObject(refusal);
  });

  it.each([
    ['VisibilityTimeout', '43201'],
    ['SqsManagedSseEnabled', 'maybe'],
    ['DelaySeconds', '901'],
    ['DelaySeconds', '1.5'],
    ['MaximumMessageSize', '1023'],
    ['MaximumMessageSize', '1048577'],
    ['MessageRetentionPeriod', '59'],
    ['ReceiveMessageWaitTimeSeconds', '21'],
    ['Policy', 'no JSON'],
  ])('are refused for the %s %s', async (name, value) => {
    const refusal = { code: 'InvalidAttributeValue', message: `Invalid value for the parameter ${name}.` };
    const Attributes = { [name]: value };

    await expect(call('CreateQueue', { QueueName: unique('made'), Attributes })).rejects.toMatchObject(refusal);
    await expect(call('SetQueueAttributes', { QueueUrl: urlOf(orders), Attributes })).rejects.toMatchObject(refusal);
  });

  it('encrypt in one way alone', async () => {
    const QueueUrl = urlOf(deadLetters);
    const Attributes = { KmsMasterKeyId: 'alias/aws/sqs', SqsManagedSseEnabled: 'true' };
    const refusal = { code: 'InvalidAttributeName', message: expect.stringContaining('one type of server-side') };
    const inStack = aQueue('both', { kms_master_key_id: 'alias/aws/sqs', sqs_managed_sse_enabled: true });

    await expect(call('CreateQueue', { QueueName: unique('made'), Attributes })).rejects.toMatchObject(refusal);
    await expect(call('SetQueueAttributes', { QueueUrl, Attributes })).rejects.toMatchObject(refusal);
    await expect(aMessaging({ queues: [inStack] })).rejects.toThrow(/aws_sqs_queue.both: .*one type of server-side/);

    await call('SetQueueAttributes', { QueueUrl, Attributes: { KmsMasterKeyId: 'alias/aws/sqs' } });
    expect(await call('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] })).toMatchObject({
      Attributes: { KmsMasterKeyId: 'alias/aws/sqs', SqsManagedSseEnabled: 'false' },
    });
  });

  it('differ from those of the queue that has the name already', async () => {
    const QueueName = unique('made');
    const Attributes = { DelaySeconds: '3', RedrivePolicy: '' };
    await call('CreateQueue', { QueueName, Attributes });

    expect(await call('CreateQueue', { QueueName, Attributes })).toHaveProperty('QueueUrl');
    expect(await call('CreateQueue', { QueueName, Attributes: { DelaySeconds: '3' } })).toHaveProperty('QueueUrl');
    await expect(call('CreateQueue', { QueueName, Attributes: { DelaySeconds: '4' } })).rejects.toMatchObject({
      code: 'QueueNameExists',
    });
  });

  it('are taken away by an empty text', async () => {
    await call('SetQueueAttributes', { QueueUrl: urlOf(orders), Attributes: { RedrivePolicy: '' } });
    const { Attributes } = await call('GetQueueAttributes', { QueueUrl: urlOf(orders), AttributeNames: ['All'] });

    expect(Attributes).not.toHaveProperty('RedrivePolicy');
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

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
describe('sizes', () => {
  const most = 1_048_576;

  it('of a message count its attributes', async () => {
    const MessageAttributes = { kind: { DataType: 'String', StringValue: 'x' } };
    const attributeBytes = 'kind'.length + 'String'.length + 'x'.length;

    await send(messaging, deadLetters, 'b'.repeat(most - attributeBytes), { MessageAttributes });
    await expect(
      send(messaging, deadLetters, 'b'.repeat(most - attributeBytes + 1), { MessageAttributes }),
    ).rejects.toMatchObject({ code: 'InvalidParameterValue' });
  });

  it('of a batch are counted together', async () => {
    const half = (Id: string, more = 0) => ({ Id, MessageBody: 'b'.repeat(most / 2 + more) });

    expect(
      await call('SendMessageBatch', { QueueUrl: urlOf(deadLetters), Entries: [half('a'), half('b')] }),
    ).toMatchObject({ Failed: [] });
    await expect(
      call('SendMessageBatch', { QueueUrl: urlOf(deadLetters), Entries: [half('a'), half('b', 1)] }),
    ).rejects.toMatchObject({ code: 'BatchRequestTooLong' });
  });
});

describe('a batch for a queue of small messages', () => {
  it('may be larger than each of its messages', async () => {
    const QueueName = unique('small');
    await call('CreateQueue', { QueueName, Attributes: { MaximumMessageSize: '1024' } });
    const Entries = [1_000, 1_000, 1_025].map((bytes, Id) => ({ Id: `${Id}`, MessageBody: 'b'.repeat(bytes) }));

    expect(await call('SendMessageBatch', { QueueUrl: urlOf(QueueName), Entries })).toMatchObject({
      Successful: [{ Id: '0' }, { Id: '1' }],
      Failed: [{ Id: '2', Code: 'InvalidParameterValue' }],
    });
  });
});

describe('FIFO queues and topics', () => {
  it('are refused with advice, by a call and in a stack', async () => {
    const advice = /FIFO (queue|topic)s are not served by the local cloud: use a standard (queue|topic)/;
    const topic = aTopic('told.fifo');

    await expect(call('CreateQueue', { QueueName: 'made.fifo' })).rejects.toThrow(advice);
    await expect(call('CreateQueue', { QueueName: unique('made'), Attributes: { FifoQueue: 'true' } })).rejects.toThrow(
      advice,
    );
    await expect(messaging.sns.call('CreateTopic', { Name: 'made.fifo' }, OUTSIDE)).rejects.toThrow(advice);
    await expect(aMessaging({ queues: [aQueue('parts.fifo', { fifo_queue: true })] })).rejects.toThrow(
      /aws_sqs_queue.parts.fifo.fifo_queue: FIFO queues are not served/,
    );
    await expect(aMessaging({ topics: [topic] })).rejects.toThrow(/aws_sns_topic.told.fifo.fifo_topic: FIFO topics/);
  });
});
