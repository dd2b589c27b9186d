import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Messaging } from '#embedded/messaging/index.ts';
import { AwsError, OUTSIDE } from '#embedded/types.ts';
import { aMessaging, aQueue, type Call, queueArn, receive, send, unique, urlOf } from './fixture.ts';

const orders = unique('orders');
const deadLetters = unique('dead');
const slow = unique('slow');

let messaging: Messaging & { calls: Call[] };
let denied: string | undefined;

const call = (operation: string, input: object) =>
  messaging.sqs.call(operation, { ...input } as Record<string, unknown>, OUTSIDE);

beforeEach(async () => {
  denied = undefined;
  const calls: Call[] = [];
  const made = await aMessaging({
    queues: [
      aQueue(orders, {
        visibility_timeout_seconds: 0,
        message_retention_seconds: 120,
        redrive_policy: JSON.stringify({ deadLetterTargetArn: queueArn(deadLetters), maxReceiveCount: 1 }),
        kms_master_key_id: 'alias/aws/sqs',
      }),
      aQueue(deadLetters),
      aQueue(slow, { delay_seconds: 1, visibility_timeout_seconds: 1, receive_wait_time_seconds: 20 }),
    ],
    authorize: (_caller, action, resource) => {
      calls.push({ action, resource });
      if (action === denied) throw new AwsError('AccessDenied', `${action} is not allowed`, 403);
    },
  });
  messaging = { ...made, calls };
});

afterEach(() => messaging.close());

const anAllowPolicy = (queue: string, policy: object) => ({
  type: 'aws_sqs_queue_redrive_allow_policy',
  name: 'Allow',
  attributes: { queue_url: `http://h/0/${queue}`, redrive_allow_policy: JSON.stringify(policy) },
});

describe('a queue of the stack', () => {
  it('has the attributes that Terraform gave it', async () => {
    const { Attributes } = await call('GetQueueAttributes', { QueueUrl: urlOf(slow), AttributeNames: ['All'] });

    expect(Attributes).toMatchObject({
      QueueArn: queueArn(slow),
      DelaySeconds: '1',
      VisibilityTimeout: '1',
      ReceiveMessageWaitTimeSeconds: '20',
    });
  });

  it('answers only the attributes asked for', async () => {
    expect(await call('GetQueueAttributes', { QueueUrl: urlOf(orders) })).toEqual({ Attributes: {} });
    expect(
      await call('GetQueueAttributes', { QueueUrl: urlOf(orders), AttributeNames: ['MessageRetentionPeriod'] }),
    ).toEqual({ Attributes: { MessageRetentionPeriod: '120' } });
  });

  it('is given out with the public URL and taken with any host', async () => {
    expect(await call('GetQueueUrl', { QueueName: orders })).toEqual({
      QueueUrl: `http://127.0.0.1:4566/000000000000/${orders}`,
    });
    const sent = await call('SendMessage', {
      QueueUrl: `https://sqs.eu-west-1.amazonaws.com/1/${orders}`,
      MessageBody: 'x',
    });
    expect(sent.MessageId).toEqual(expect.any(String));
  });

  it('is refused when its dead-letter queue does not exist', async () => {
    const redrive_policy = JSON.stringify({ deadLetterTargetArn: queueArn('nowhere'), maxReceiveCount: 1 });

    await expect(aMessaging({ queues: [aQueue('lonely', { redrive_policy })] })).rejects.toThrow(
      'aws_sqs_queue.lonely: redrive_policy names arn:aws:sqs:us-east-1:000000000000:nowhere',
    );
  });

  it.each([
    ['byQueue', [queueArn('another')], 'does not admit this queue'],
    ['denyAll', undefined, 'does not admit this queue'],
    ['never', undefined, 'redrivePermission is allowAll, byQueue or denyAll, not never'],
  ])('is refused when its dead-letter queue says %s of others', async (redrivePermission, sourceQueueArns, message) => {
    const redrive_policy = JSON.stringify({ deadLetterTargetArn: queueArn('letters'), maxReceiveCount: 1 });
    const queues = [aQueue('source', { redrive_policy }), aQueue('letters')];
    const allow = anAllowPolicy('letters', { redrivePermission, sourceQueueArns });

    await expect(aMessaging({ queues, redriveAllowPolicies: [allow] })).rejects.toThrow(
      new RegExp(`aws_sqs_queue.source: .*${message}`),
    );
  });

  it('is taken when its dead-letter queue admits it, and tells so', async () => {
    const [source, letters] = [unique('source'), unique('letters')];
    const redrive_policy = JSON.stringify({ deadLetterTargetArn: queueArn(letters), maxReceiveCount: 1 });
    const policy = { redrivePermission: 'byQueue', sourceQueueArns: [queueArn(source)] };
    const own = await aMessaging({
      queues: [aQueue(source, { redrive_policy }), aQueue(letters)],
      redriveAllowPolicies: [anAllowPolicy(letters, policy)],
    });
    const { Attributes } = await own.sqs.call(
      'GetQueueAttributes',
      { QueueUrl: letters, AttributeNames: ['RedriveAllowPolicy'] },
      OUTSIDE,
    );
    await own.close();

    expect(JSON.parse((Attributes as Record<string, string>).RedriveAllowPolicy ?? '')).toEqual(policy);
  });
});

describe('sending and receiving', () => {
  it('keeps body and attributes with their digests', async () => {
    const MessageAttributes = {
      n: { DataType: 'Number', StringValue: '7' },
      kind: { DataType: 'String', StringValue: 'compensation' },
    };
    const sent = await send(messaging, deadLetters, 'hello', { MessageAttributes });
    const [message] = await receive(messaging, deadLetters);

    expect(message).toMatchObject({
      MessageId: sent.MessageId,
      Body: 'hello',
      MD5OfBody: createHash('md5').update('hello').digest('hex'),
      MD5OfMessageAttributes: attributesDigest([
        ['kind', 'String', 'compensation'],
        ['n', 'Number', '7'],
      ]),
      MessageAttributes,
      Attributes: { ApproximateReceiveCount: '1', SenderId: expect.any(String), SentTimestamp: expect.any(String) },
    });
    expect(sent.MD5OfMessageAttributes).toBe(message?.MD5OfMessageAttributes);
  });

  it('gives no message attributes that were not asked for, and the digest of those that were', async () => {
    await send(messaging, orders, 'hello', {
      MessageAttributes: {
        a: { DataType: 'String', StringValue: '1' },
        b: { DataType: 'String', StringValue: '2' },
      },
    });
    const [bare] = await receive(messaging, orders, { MessageAttributeNames: [], VisibilityTimeout: 0 });
    expect(bare).not.toHaveProperty('MessageAttributes');
    expect(bare).not.toHaveProperty('MD5OfMessageAttributes');

    await send(messaging, deadLetters, 'hello', {
      MessageAttributes: {
        a: { DataType: 'String', StringValue: '1' },
        b: { DataType: 'String', StringValue: '2' },
      },
    });
    const [one] = await receive(messaging, deadLetters, { MessageAttributeNames: ['b'] });
    expect(Object.keys(one?.MessageAttributes ?? {})).toEqual(['b']);
    expect(one?.MD5OfMessageAttributes).toBe(attributesDigest([['b', 'String', '2']]));
  });

  it('hides a received message until it is deleted or made visible', async () => {
    await send(messaging, deadLetters, 'hello');
    const [first] = await receive(messaging, deadLetters);
    expect(await receive(messaging, deadLetters)).toEqual([]);

    const entry = { QueueUrl: urlOf(deadLetters), ReceiptHandle: first?.ReceiptHandle };
    await call('ChangeMessageVisibility', { ...entry, VisibilityTimeout: 0 });
    const [second] = await receive(messaging, deadLetters);
    expect(second).toMatchObject({ Body: 'hello', Attributes: { ApproximateReceiveCount: '2' } });

    await call('DeleteMessage', { ...entry, ReceiptHandle: second?.ReceiptHandle });
    const { Attributes } = await call('GetQueueAttributes', { QueueUrl: urlOf(deadLetters), AttributeNames: ['All'] });
    expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' });
  });

  it('wakes a long poll when a message arrives', async () => {
    const polled = receive(messaging, deadLetters, { WaitTimeSeconds: 20 });
    await send(messaging, deadLetters, 'hello');

    expect(await polled).toMatchObject([{ Body: 'hello' }]);
  });

  it('gives one message to one of two polls and keeps the other waiting', async () => {
    const polls = [1, 2].map(() => receive(messaging, deadLetters, { WaitTimeSeconds: 20 }));
    await send(messaging, deadLetters, 'first');
    const winner = await Promise.race(polls);
    expect(winner).toMatchObject([{ Body: 'first' }]);
    await send(messaging, deadLetters, 'second');

    const bodies = (await Promise.all(polls)).flat().map(({ Body }) => Body);
    expect(bodies.sort()).toEqual(['first', 'second']);
  });

  it('wakes a long poll when a delay or a visibility time-out ends', async () => {
    await send(messaging, slow, 'delayed');
    expect(await receive(messaging, slow, { WaitTimeSeconds: 0 })).toEqual([]);

    const [delayed] = await receive(messaging, slow);
    expect(delayed?.Body).toBe('delayed');
    const [again] = await receive(messaging, slow);
    expect(again).toMatchObject({ Body: 'delayed', Attributes: { ApproximateReceiveCount: '2' } });
  });

  it('ends long polls on close', async () => {
    const polled = receive(messaging, deadLetters, { WaitTimeSeconds: 20 });
    await messaging.close();

    expect(await polled).toEqual([]);
  });

  it('ends a long poll whose permission was taken away, without taking the message', async () => {
    const polled = receive(messaging, deadLetters, { WaitTimeSeconds: 20 });
    denied = 'sqs:ReceiveMessage';
    await send(messaging, deadLetters, 'hello');
    await expect(polled).rejects.toMatchObject({ code: 'AccessDenied' });

    denied = undefined;
    expect(await receive(messaging, deadLetters)).toMatchObject([{ Attributes: { ApproximateReceiveCount: '1' } }]);
  });

  it('sends the good entries of a batch and names the bad ones', async () => {
    const answer = await call('SendMessageBatch', {
      QueueUrl: urlOf(deadLetters),
      Entries: [
        { Id: 'good', MessageBody: 'a' },
        { Id: 'late', MessageBody: 'b', DelaySeconds: 901 },
        { Id: 'empty', MessageBody: '' },
      ],
    });

    expect(answer).toMatchObject({ Successful: [{ Id: 'good' }], Failed: [{ Id: 'late' }, { Id: 'empty' }] });
    expect((await receive(messaging, deadLetters)).map(({ Body }) => Body)).toEqual(['a']);
  });

  it('orders a FIFO queue by group and drops duplicates', async () => {
    const fifo = `${unique('f')}.fifo`;
    await call('CreateQueue', {
      QueueName: fifo,
      Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' },
    });
    for (const body of ['1', '1', '2']) await send(messaging, fifo, body, { MessageGroupId: 'g' });

    const [one] = await receive(messaging, fifo);
    expect(await receive(messaging, fifo)).toEqual([]);
    await call('DeleteMessage', { QueueUrl: urlOf(fifo), ReceiptHandle: one?.ReceiptHandle });
    expect([one, ...(await receive(messaging, fifo))].map((message) => message?.Body)).toEqual(['1', '2']);
  });
});

describe('a dead-letter queue', () => {
  it('gets a message after too many receives, and a move task sends it back as new', async () => {
    await send(messaging, orders, 'poison');
    await receive(messaging, orders);
    expect(await receive(messaging, orders)).toEqual([]);
    const [dead] = await receive(messaging, deadLetters, { VisibilityTimeout: 0 });
    expect(dead).toMatchObject({ Body: 'poison', Attributes: { DeadLetterQueueSourceArn: queueArn(orders) } });

    await call('StartMessageMoveTask', { SourceArn: queueArn(deadLetters) });

    expect(await call('ListMessageMoveTasks', { SourceArn: queueArn(deadLetters) })).toMatchObject({
      Results: [{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 }],
    });
    const [back] = await receive(messaging, orders);
    expect(back).toMatchObject({ Body: 'poison', Attributes: { ApproximateReceiveCount: '1' } });
    expect(back?.MessageId).not.toBe(dead?.MessageId);
  });

  it('keeps what was sent to it directly, since no source is known, unless a destination is given', async () => {
    await send(messaging, deadLetters, 'straight');
    await call('StartMessageMoveTask', { SourceArn: queueArn(deadLetters) });
    expect(await call('ListMessageMoveTasks', { SourceArn: queueArn(deadLetters) })).toMatchObject({
      Results: [{ Status: 'FAILED', FailureReason: 'CouldNotDetermineMessageSource' }],
    });

    await call('StartMessageMoveTask', { SourceArn: queueArn(deadLetters), DestinationArn: queueArn(orders) });
    expect(await receive(messaging, orders)).toMatchObject([{ Body: 'straight' }]);
  });

  it('is the only kind of queue that can be redriven', async () => {
    await expect(call('StartMessageMoveTask', { SourceArn: queueArn(orders) })).rejects.toMatchObject({
      code: 'InvalidParameterValue',
    });
  });
});

describe('permissions', () => {
  it.each([
    ['SendMessageBatch', 'sqs:SendMessage', { Entries: [{ Id: 'a', MessageBody: 'b' }] }],
    ['DeleteMessageBatch', 'sqs:DeleteMessage', { Entries: [{ Id: 'a', ReceiptHandle: 'b' }] }],
    ['ChangeMessageVisibilityBatch', 'sqs:ChangeMessageVisibility', { Entries: [{ Id: 'a', ReceiptHandle: 'b' }] }],
    ['ReceiveMessage', 'sqs:ReceiveMessage', {}],
    ['GetQueueAttributes', 'sqs:GetQueueAttributes', {}],
    ['PurgeQueue', 'sqs:PurgeQueue', {}],
  ])('%s needs %s on the queue', async (operation, action, input) => {
    await call(operation, { QueueUrl: urlOf(orders), ...input });
    expect(messaging.calls).toEqual([{ action, resource: queueArn(orders) }]);

    denied = action;
    await expect(call(operation, { QueueUrl: urlOf(orders), ...input })).rejects.toMatchObject({
      code: 'AccessDenied',
    });
  });

  it('come before the question whether the queue exists', async () => {
    denied = 'sqs:SendMessage';
    await expect(send(messaging, 'nowhere', 'x')).rejects.toMatchObject({ code: 'AccessDenied' });
  });
});

describe('errors', () => {
  it.each([
    ['QueueDoesNotExist', 'SendMessage', { QueueUrl: urlOf('nowhere'), MessageBody: 'x' }],
    ['QueueDoesNotExist', 'GetQueueUrl', { QueueName: 'nowhere' }],
    ['ReceiptHandleIsInvalid', 'DeleteMessage', { QueueUrl: urlOf(orders), ReceiptHandle: 'rubbish' }],
    ['InvalidParameterValue', 'SendMessage', { QueueUrl: urlOf(orders), MessageBody: 'x', DelaySeconds: 901 }],
    ['InvalidParameterValue', 'ReceiveMessage', { QueueUrl: urlOf(orders), WaitTimeSeconds: 21 }],
    ['InvalidParameterValue', 'ReceiveMessage', { QueueUrl: urlOf(orders), MaxNumberOfMessages: 11 }],
    ['EmptyBatchRequest', 'SendMessageBatch', { QueueUrl: urlOf(orders), Entries: [] }],
    ['InvalidAttributeName', 'SetQueueAttributes', { QueueUrl: urlOf(orders), Attributes: { Colour: 'red' } }],
    ['InvalidAction', 'AddPermission', { QueueUrl: urlOf(orders) }],
  ])('%s from %s', async (code, operation, input) => {
    await expect(call(operation, input)).rejects.toMatchObject({ name: 'AwsError', code });
  });
});

describe('queues made while running', () => {
  it('can be listed, used, purged and deleted', async () => {
    const name = unique('mine');
    expect(await call('CreateQueue', { QueueName: name })).toEqual({
      QueueUrl: `http://127.0.0.1:4566/000000000000/${name}`,
    });
    expect(await call('ListQueues', { QueueNamePrefix: 'mine' })).toEqual({
      QueueUrls: [`http://127.0.0.1:4566/000000000000/${name}`],
    });
    await send(messaging, name, 'x');
    await call('PurgeQueue', { QueueUrl: urlOf(name) });
    expect(await receive(messaging, name)).toEqual([]);

    const polled = receive(messaging, name, { WaitTimeSeconds: 20 });
    await call('DeleteQueue', { QueueUrl: urlOf(name) });
    await expect(polled).rejects.toMatchObject({ code: 'QueueDoesNotExist' });
  });
});

/** AWS's rule for the digest of message attributes, for strings and numbers, sorted by name. */
function attributesDigest(attributes: [name: string, type: string, value: string][]): string {
  const hash = createHash('md5');
  const put = (text: string) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.byteLength(text));
    hash.update(length).update(text);
  };
  for (const [name, type, value] of attributes) {
    put(name);
    put(type);
    hash.update(Buffer.from([1]));
    put(value);
  }
  return hash.digest('hex');
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
describe("a message's characters", () => {
  const batchOf = (MessageBody: string) =>
    call('SendMessageBatch', { QueueUrl: urlOf(orders), Entries: [{ Id: 'one', MessageBody }] });

  it.each([
    '\t',
    '\n',
    '\r',
    ' ',
    '\u007f',
    '\ud7ff',
    '\ue000',
    '\ufffd',
    '\u{10000}',
    '\u{1f3e8}',
    '\u{1ffff}',
    '\u{10ffff}',
  ])('may be %j, as on AWS', async (character) => {
    const body = `Hotel ${character}!`;
    await send(messaging, orders, body);
    expect((await receive(messaging, orders))[0]?.Body).toBe(body);
    expect(await batchOf(body)).toMatchObject({ Successful: [{ Id: 'one' }], Failed: [] });
  });

  it.each(['\0', '\b', '\u001f', '\ufffe', '\uffff', '\ud83c', '\udfe8'])(
    'may not be %j, as on AWS',
    async (character) => {
      const body = `Hotel ${character}!`;
      await expect(call('SendMessage', { QueueUrl: urlOf(orders), MessageBody: body })).rejects.toMatchObject({
        code: 'InvalidMessageContents',
      });
      expect(await batchOf(body)).toMatchObject({
        Successful: [],
        Failed: [{ Id: 'one', SenderFault: true, Code: 'InvalidMessageContents' }],
      });
    },
  );
});
