import { describe, expect, it } from '@jest/globals';
import { queueArn, receive, send, urlOf } from './fixture.ts';
import { call, messaging, orders, setDenied } from './sqs-setup.ts';

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

    setDenied(action);
    await expect(call(operation, { QueueUrl: urlOf(orders), ...input })).rejects.toMatchObject({
      code: 'AccessDenied',
    });
  });

  it('come before the question whether the queue exists', async () => {
    setDenied('sqs:SendMessage');
    await expect(send(messaging, 'nowhere', 'x')).rejects.toMatchObject({ code: 'AccessDenied' });
  });
});

describe('errors', () => {
  it.each([
    ['QueueDoesNotExist', 'SendMessage', { QueueUrl: urlOf('nowhere'), MessageBody: 'x' }],
    ['QueueDoesNotExist', 'GetQueueUrl', { QueueName: 'nowhere' }],
    ['ReceiptHandleIsInvalid', 'DeleteMessage', { QueueUrl: urlOf(orders), ReceiptHandle: 'rubbish' }],
    ['InvalidParameterValue', 'SendMessage', { QueueUrl: urlOf(orders), MessageBody: 'x', DelaySeconds: 901 }],
    [
      'InvalidParameterValue',
      'SendMessage',
      {
        QueueUrl: urlOf(orders),
        MessageBody: 'x',
        MessageAttributes: { kinds: { DataType: 'String', StringValue: 'y', StringListValues: ['z'] } },
      },
    ],
    ['InvalidParameterValue', 'ReceiveMessage', { QueueUrl: urlOf(orders), WaitTimeSeconds: 21 }],
    ['InvalidParameterValue', 'ReceiveMessage', { QueueUrl: urlOf(orders), MaxNumberOfMessages: 11 }],
    [
      'InvalidParameterValue',
      'SendMessage',
      {
        QueueUrl: urlOf(orders),
        MessageBody: 'x',
        MessageAttributes: { 'Aws.kind': { DataType: 'String', StringValue: 'y' } },
      },
    ],
    ['EmptyBatchRequest', 'SendMessageBatch', { QueueUrl: urlOf(orders), Entries: [] }],
    ['InvalidAttributeName', 'SetQueueAttributes', { QueueUrl: urlOf(orders), Attributes: { Colour: 'red' } }],
    ['UnknownOperationException', 'AddPermission', { QueueUrl: urlOf(orders) }],
  ])('%s from %s', async (code, operation, input) => {
    await expect(call(operation, input)).rejects.toMatchObject({ name: 'AwsError', code });
  });
});

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html */
describe('a value of a message attribute', () => {
  const sendWith = (DataType: string, StringValue: string) =>
    send(messaging, orders, 'x', { MessageAttributes: { a: { DataType, StringValue } } });

  it.each(['0', '-1', '+1', '007', '1.5', '.5', '1.', '3.015e2', '1E-3'])('may be the number %j', async (value) => {
    expect(await sendWith('Number', value)).toHaveProperty('MessageId');
    expect(await sendWith('Number.price', value)).toHaveProperty('MessageId');
  });

  it.each(['0x10', '0b1', '0o7', ' ', ' 1', '1 ', '1_000', 'NaN', 'Infinity', '1e999', '.', 'e1'])(
    'may not be the number %j',
    async (value) => {
      await expect(sendWith('Number', value)).rejects.toMatchObject({ code: 'InvalidParameterValue' });
    },
  );

  it.each(['\0', '\b', '\ufffe', '\ud83c'])('may not have the character %j', async (character) => {
    await expect(sendWith('String', `a${character}`)).rejects.toMatchObject({ code: 'InvalidParameterValue' });
    await expect(sendWith('String.name', `a${character}`)).rejects.toMatchObject({ code: 'InvalidParameterValue' });
  });

  it('may have the characters that a body may have', async () => {
    expect(await sendWith('String', '\t\n\r \u007f\u{1f3e8}')).toHaveProperty('MessageId');
  });
});

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
    const body = `Parcel ${character}!`;
    await send(messaging, orders, body);
    expect((await receive(messaging, orders))[0]?.Body).toBe(body);
    expect(await batchOf(body)).toMatchObject({ Successful: [{ Id: 'one' }], Failed: [] });
  });

  it.each(['\0', '\b', '\u001f', '\ufffe', '\uffff', '\ud83c', '\udfe8'])(
    'may not be %j, as on AWS',
    async (character) => {
      const body = `Parcel ${character}!`;
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
