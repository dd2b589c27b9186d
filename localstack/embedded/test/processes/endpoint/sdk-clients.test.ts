import { createHash, randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { DynamoDBClient, GetItemCommand, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { GetFunctionCommand, InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { GetQueueUrlCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from '@jest/globals';
import { AwsError, OUTSIDE } from '#embedded/types.ts';
import { endpoint, ROLE_ARN, ROLE_KEY, serving } from './clients-setup.ts';
import { fakeService } from './fake-service.ts';

describe('AWS JSON', () => {
  it('gives DynamoDB attribute values in wire form, binary as base64, and back', async () => {
    const Item = { pk: { S: randomUUID() }, seats: { N: '12' }, raw: { B: 'AQID' }, tags: { SS: ['ä', 'ü'] } };
    const dynamodb = fakeService(({ operation }) => (operation === 'GetItem' ? { Item } : {}));
    const client = await serving({ dynamodb }, DynamoDBClient);
    const item = { ...Item, raw: { B: Uint8Array.of(1, 2, 3) } };

    await client.send(new PutItemCommand({ TableName: 't', Item: item }));
    const read = await client.send(new GetItemCommand({ TableName: 't', Key: { pk: Item.pk } }));

    expect(dynamodb.calls[0]).toEqual({ operation: 'PutItem', input: { TableName: 't', Item }, caller: OUTSIDE });
    expect({ ...read.Item, raw: { B: Uint8Array.from(read.Item?.raw?.B ?? []) } }).toEqual(item);
  });

  it('gives the caller of a role by its access key', async () => {
    const states = fakeService(() => ({ executionArn: 'arn', startDate: 1_700_000_000.123 }));
    const client = await serving({ states }, SFNClient, ROLE_KEY);

    const { startDate } = await client.send(new StartExecutionCommand({ stateMachineArn: 'm', input: '{"ü":1}' }));

    expect(states.calls).toEqual([
      expect.objectContaining({ operation: 'StartExecution', caller: { roleArn: ROLE_ARN } }),
    ]);
    expect(states.calls[0]?.input.input).toBe('{"ü":1}');
    expect(startDate).toEqual(new Date(1_700_000_000_123));
  });

  it('takes dates of a service as times', async () => {
    const startDate = new Date('2024-05-06T07:08:09.010Z');
    const client = await serving({ states: fakeService(() => ({ startDate, status: 'RUNNING' })) }, SFNClient);

    const answer = await client.send(new DescribeExecutionCommand({ executionArn: 'e' }));

    expect(answer).toMatchObject({ startDate, status: 'RUNNING' });
  });

  it('raises the typed exception with its further members and the request id', async () => {
    const CancellationReasons = [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Item: { pk: { S: 'a' } } }];
    const dynamodb = fakeService(() => {
      throw new AwsError('TransactionCanceledException', 'Transaction cancelled', 400, { CancellationReasons });
    });
    const client = await serving({ dynamodb }, DynamoDBClient);

    await expect(client.send(new TransactWriteItemsCommand({ TransactItems: [] }))).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      message: 'Transaction cancelled',
      CancellationReasons,
      $metadata: { httpStatusCode: 400, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
  });

  it('sends the checksum that DynamoDB clients verify', async () => {
    await serving({ dynamodb: fakeService(() => ({ Item: { pk: { S: 'ü' } } })) }, DynamoDBClient);
    const headers = { 'x-amz-target': 'DynamoDB_20120810.GetItem', 'content-type': 'application/x-amz-json-1.0' };

    const response = await fetch(`${endpoint?.url}/`, { method: 'POST', headers, body: '{}' });

    expect(Number(response.headers.get('x-amz-crc32'))).toBe(crc32(await response.text()));
    expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.0');
  });

  it('serves SQS, its typed errors and the old error name beside them', async () => {
    const message = { MessageId: 'm', Body: '<&>', MD5OfBody: createHash('md5').update('<&>').digest('hex') };
    const sqs = fakeService(({ operation, input }) => {
      if (operation === 'GetQueueUrl') throw new AwsError('QueueDoesNotExist', 'no such queue');
      if (operation === 'ReceiveMessage') return { Messages: [message] };
      return {
        MessageId: 'm',
        MD5OfMessageBody: input.MessageBody === 'hello' ? '5d41402abc4b2a76b9719d911017c592' : 'x',
      };
    });
    const client = await serving({ sqs }, SQSClient);
    const QueueUrl = `${endpoint?.url}/000000000000/q`;

    const sent = await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello', DelaySeconds: 3 }));
    const received = await client.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 1 }));

    expect(sent.MessageId).toBe('m');
    expect(sqs.calls[0]?.input).toEqual({ QueueUrl, MessageBody: 'hello', DelaySeconds: 3 });
    expect(received.Messages).toEqual([message]);
    await expect(client.send(new GetQueueUrlCommand({ QueueName: 'q' }))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
  });

  it('serves SSM with its own JSON version', async () => {
    const ssm = fakeService(() => ({ Parameter: { Name: '/a', Value: 'v', LastModifiedDate: 1_700_000_000 } }));
    const client = await serving({ ssm }, SSMClient);

    const { Parameter } = await client.send(new GetParameterCommand({ Name: '/a', WithDecryption: true }));

    expect(Parameter).toEqual({ Name: '/a', Value: 'v', LastModifiedDate: new Date(1_700_000_000_000) });
    expect(ssm.calls[0]?.input).toEqual({ Name: '/a', WithDecryption: true });
  });
});

describe('Lambda', () => {
  it('hands the payload over as it came and answers what the function said', async () => {
    const lambda = fakeService(() => ({
      StatusCode: 200,
      Payload: { ok: 'ü' },
      ExecutedVersion: '$LATEST',
      LogResult: 'bG9n',
    }));
    const client = await serving({ lambda }, LambdaClient);
    const input = {
      FunctionName: 'arn:aws:lambda:us-east-1:000000000000:function:f',
      LogType: 'Tail',
      Payload: '{"a":1}',
    } as const;

    const { Payload, ExecutedVersion, LogResult, FunctionError } = await client.send(new InvokeCommand(input));

    expect(lambda.calls[0]).toMatchObject({
      operation: 'Invoke',
      input: { FunctionName: input.FunctionName, LogType: 'Tail' },
    });
    expect(Buffer.from(lambda.calls[0]?.input.Payload as Uint8Array).toString()).toBe('{"a":1}');
    expect(Buffer.from(Payload ?? []).toString()).toBe('{"ok":"ü"}');
    expect({ ExecutedVersion, LogResult, FunctionError }).toEqual({
      ExecutedVersion: '$LATEST',
      LogResult: 'bG9n',
      FunctionError: undefined,
    });
  });

  it('tells a failed function from a good one, and takes events with 202', async () => {
    const failing = { StatusCode: 200, FunctionError: 'Unhandled', Payload: { errorType: 'E' } };
    const lambda = fakeService(({ input }) =>
      input.InvocationType === 'Event' ? { StatusCode: 202, Payload: '' } : failing,
    );
    const client = await serving({ lambda }, LambdaClient);

    const failed = await client.send(new InvokeCommand({ FunctionName: 'f' }));
    const event = await client.send(new InvokeCommand({ FunctionName: 'f', InvocationType: 'Event' }));

    expect(failed.FunctionError).toBe('Unhandled');
    expect(event.StatusCode).toBe(202);
    expect(Buffer.from(event.Payload ?? []).toString()).toBe('');
  });

  it('describes functions, and refuses with the name and status of Lambda', async () => {
    const lambda = fakeService(({ operation }) => {
      if (operation === 'ListFunctions') return { Functions: [{ FunctionName: 'f' }] };
      throw new AwsError('ResourceNotFoundException', 'Function not found: g');
    });
    const client = await serving({ lambda }, LambdaClient);

    expect((await client.send(new ListFunctionsCommand({}))).Functions).toEqual([{ FunctionName: 'f' }]);
    await expect(client.send(new GetFunctionCommand({ FunctionName: 'g' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: g',
      $metadata: { httpStatusCode: 404 },
    });
  });
});
