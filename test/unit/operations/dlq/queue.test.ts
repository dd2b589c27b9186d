import { describe, expect, it } from '@jest/globals';
import type { Box } from '#infra/operations/dlq/boxes.ts';
import type { Delivery } from '#infra/operations/dlq/letters.ts';
import { lettersOf, theLetter } from '#infra/operations/dlq/look.ts';
import { deliver, takeLetters } from '#infra/operations/dlq/queue.ts';
import { aMessage, clientsWith, queuesWith } from './clients-setup.ts';

const aBox = (name: string, delivery?: Delivery): Box => ({
  name,
  queueName: name,
  destinationOf: () => {
    if (delivery === undefined) throw new Error('the letter does not say');
    return delivery;
  },
});

describe('the letters of queues', () => {
  it('given several pages, when they are taken, then all are there, the oldest of each queue first', async () => {
    const { clients, sentBy } = queuesWith({
      one: [[aMessage('b', 'B', 2_000), aMessage('c', 'C', 3_000)], [aMessage('a', 'A', 1_000)]],
      two: [[aMessage('d', 'D', 500)]],
    });
    const letters = await takeLetters(clients, [aBox('one'), aBox('two')]);

    expect(letters.map(({ id, body, box, sentAt }) => [box.name, id, body, sentAt.getTime()])).toEqual([
      ['one', 'a', 'A', 1_000],
      ['one', 'b', 'B', 2_000],
      ['one', 'c', 'C', 3_000],
      ['two', 'd', 'D', 500],
    ]);
    expect(sentBy('ReceiveMessageCommand')[0]).toMatchObject({ VisibilityTimeout: 600, MaxNumberOfMessages: 10 });
  });

  it('given a message without any field, when it is taken, then it is a letter with nothing in it', async () => {
    const { clients } = queuesWith({ one: [[{}]] });
    const [letter] = await takeLetters(clients, [aBox('one')]);

    expect(letter).toMatchObject({ id: '', body: '', receiptHandle: '', queueUrl: 'http://queues/one' });
    expect(letter?.sentAt.getTime()).toBeNaN();
  });

  it('given a queue without a URL, when letters are taken, then the queue is named', async () => {
    const { clients } = clientsWith(() => ({}));

    await expect(takeLetters(clients, [aBox('one')])).rejects.toThrow('SQS tells no URL of one');
  });

  it('given letters, when they are looked at, then each is given back to its queue', async () => {
    const { clients, sentBy } = queuesWith({ one: [[aMessage('a', 'A')]], two: [[aMessage('b', 'B')]] });

    expect((await lettersOf(clients, [aBox('one'), aBox('two')])).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(sentBy('ChangeMessageVisibilityCommand')).toEqual([
      { QueueUrl: 'http://queues/one', ReceiptHandle: 'handle of a', VisibilityTimeout: 0 },
      { QueueUrl: 'http://queues/two', ReceiptHandle: 'handle of b', VisibilityTimeout: 0 },
    ]);
  });
});

describe('the letter of an id', () => {
  const letters = [{ id: 'abc' }, { id: 'abd' }];

  it('given the beginning of one id alone, then it is that letter', () => {
    expect(theLetter(letters, 'abd')).toBe(letters[1]);
  });

  it.each([
    ['none', 'x', 'no dead letter has the id "x"'],
    ['two', 'ab', 'the ids of 2 letters begin with "ab": name more of it'],
  ])('given the beginning of %s, then it is refused', (_, id, message) => {
    expect(() => theLetter(letters, id)).toThrow(message);
  });
});

describe('a letter that is delivered', () => {
  const deliveredBy = async (delivery: Delivery) => {
    const { clients, sent } = queuesWith({ one: [[aMessage('a', 'A')]] });
    const [letter] = await takeLetters(clients, [aBox('one', delivery)]);
    sent.length = 0;
    if (letter !== undefined) await deliver(clients, letter);
    return sent;
  };
  const deleted = {
    operation: 'DeleteMessageCommand',
    input: { QueueUrl: 'http://queues/one', ReceiptHandle: 'handle of a' },
  };

  it('given a queue as its destination, then it is sent with its attributes, and deleted after that', async () => {
    const attributes = { A: { DataType: 'String', StringValue: 'a' } };

    expect(await deliveredBy({ kind: 'send', queueName: 'two', body: 'B', attributes })).toEqual([
      { operation: 'GetQueueUrlCommand', input: { QueueName: 'two' } },
      {
        operation: 'SendMessageCommand',
        input: { QueueUrl: 'http://queues/two', MessageBody: 'B', MessageAttributes: attributes },
      },
      deleted,
    ]);
  });

  it('given a function as its destination, then it is invoked without waiting, and the letter is deleted', async () => {
    expect(await deliveredBy({ kind: 'invoke', functionName: 'audit', payload: '{}' })).toEqual([
      {
        operation: 'InvokeCommand',
        input: { FunctionName: 'audit', InvocationType: 'Event', Payload: new TextEncoder().encode('{}') },
      },
      deleted,
    ]);
  });
});
