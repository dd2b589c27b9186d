import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { receive, send, urlOf } from './fixture.ts';
import { call, deadLetters, messaging, orders, setDenied, slow } from './sqs-setup.ts';

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
    setDenied('sqs:ReceiveMessage');
    await send(messaging, deadLetters, 'hello');
    await expect(polled).rejects.toMatchObject({ code: 'AccessDenied' });

    setDenied(undefined);
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
