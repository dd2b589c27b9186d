import { describe, expect, it } from '@jest/globals';
import type { Happening, Observe } from '#embedded/observer.ts';
import { AwsError } from '#embedded/types.ts';
import { LAMBDA } from './support.ts';
import { caller, named, port, signal } from './tasks-setup.ts';

describe('a Lambda function as resource', () => {
  it('gets the input by the machine role, and the signal of the Task; its payload is the result', async () => {
    const calls: unknown[] = [];
    const run = port({
      invoke: async (...args) => {
        calls.push(args);
        return { payload: { ok: true } };
      },
    });

    expect(await run(LAMBDA, { a: 1 })).toEqual({ ok: true });
    expect(calls).toEqual([[LAMBDA, { a: 1 }, caller, signal]]);
  });

  it('that has answered is told with its request id, so that its log can be found', async () => {
    const told: Happening[] = [];
    const observe: Observe = (happening) => void told.push(happening);

    await port({ observe, invoke: async () => ({ payload: null, requestId: 'r1' }) })(LAMBDA, {});
    await port({ observe, invoke: async () => ({ payload: null, requestId: undefined }) })(LAMBDA, {});

    expect(told).toEqual([
      { type: 'functionInvoked', executionArn: 'arn', state: 'S', functionArn: LAMBDA, requestId: 'r1' },
    ]);
  });

  it('that throws fails with its error type and its payload as cause', async () => {
    const payload = { errorType: 'SeatUnavailableError', errorMessage: 'sold out', trace: ['line'] };
    const run = port({ invoke: async () => ({ payload, functionError: 'Unhandled' }) });

    await expect(run(LAMBDA, {})).rejects.toEqual(named('SeatUnavailableError', JSON.stringify(payload)));
  });

  it.each([
    [
      { errorType: 'Sandbox.Timedout', errorMessage: 'RequestId: 1 Error: Task timed out after 3.00 seconds' },
      'Sandbox.Timedout',
    ],
    [{ errorMessage: '2024-01-01T00:00:00Z 1 Task timed out after 3.00 seconds' }, 'Sandbox.Timedout'],
    [{ errorMessage: 'RequestId: 1 Process exited before completing request' }, 'Lambda.Unknown'],
    ['odd', 'Lambda.Unknown'],
  ])('that fails with %j is %s', async (payload, name) => {
    await expect(port({ invoke: async () => ({ payload, functionError: 'Unhandled' }) })(LAMBDA, {})).rejects.toEqual(
      named(name),
    );
  });

  it.each([
    ['TooManyRequestsException', 429, 'Lambda.TooManyRequestsException'],
    ['ServiceException', 500, 'Lambda.ServiceException'],
    ['ResourceNotFoundException', 404, 'Lambda.ResourceNotFoundException'],
    ['AccessDeniedException', 403, 'Lambda.AWSLambdaException'],
  ])('that Lambda refuses with %s %d is %s', async (code, status, name) => {
    const run = port({ invoke: () => Promise.reject(new AwsError(code, 'no', status)) });

    await expect(run(LAMBDA, {})).rejects.toEqual(
      named(name, expect.stringContaining(`Status Code: ${status}; Error Code: ${code}`)),
    );
  });

  it('that cannot be reached is Lambda.SdkClientException', async () => {
    await expect(port({ invoke: () => Promise.reject(new Error('socket hang up')) })(LAMBDA, {})).rejects.toEqual(
      named('Lambda.SdkClientException', 'socket hang up'),
    );
  });
});

describe('an optimised integration', () => {
  it.each([
    ['arn:aws:states:::dynamodb:updateItem', 'UpdateItem', { TableName: 't' }, { TableName: 't' }],
    [
      'arn:aws:states:::sqs:sendMessage',
      'SendMessage',
      { QueueUrl: 'q', MessageBody: { a: 'b"' } },
      { QueueUrl: 'q', MessageBody: '{"a":"b\\""}' },
    ],
    [
      'arn:aws:states:::sqs:sendMessage',
      'SendMessage',
      { QueueUrl: 'q', MessageBody: 'text' },
      { QueueUrl: 'q', MessageBody: 'text' },
    ],
    [
      'arn:aws:states:::sns:publish',
      'Publish',
      { TopicArn: 't', Message: { a: 1 } },
      { TopicArn: 't', Message: '{"a":1}' },
    ],
  ])('%s calls %s with its parameters', async (resource, operation, input, sent) => {
    const calls: unknown[] = [];
    const run = port({
      service: async (...args) => {
        calls.push(args);
        return { MessageId: 'm' };
      },
    });

    expect(await run(resource, input)).toMatchObject({ MessageId: 'm', SdkHttpMetadata: { HttpStatusCode: 200 } });
    expect(calls).toEqual([[operation, sent, caller]]);
  });

  it('does not let the service change the state data', async () => {
    const input = { Key: { pk: { S: 't' } } };
    const run = port({
      service: async (_, parameters) => {
        delete (parameters.Key as Record<string, unknown>).pk;
        return {};
      },
    });

    await run('arn:aws:states:::dynamodb:updateItem', input);

    expect(input).toEqual({ Key: { pk: { S: 't' } } });
  });

  it.each([
    ['dynamodb:updateItem', 'ConditionalCheckFailedException', 'DynamoDB.ConditionalCheckFailedException'],
    ['dynamodb:updateItem', 'ResourceNotFoundException', 'DynamoDB.ResourceNotFoundException'],
    ['dynamodb:putItem', 'ValidationException', 'DynamoDB.AmazonDynamoDBException'],
    ['dynamodb:getItem', 'AccessDeniedException', 'DynamoDB.AmazonDynamoDBException'],
    ['sqs:sendMessage', 'QueueDoesNotExist', 'SQS.QueueDoesNotExistException'],
    ['sqs:sendMessage', 'AccessDenied', 'SQS.AmazonSQSException'],
    ['sns:publish', 'NotFound', 'SNS.NotFoundException'],
    ['sns:publish', 'AccessDenied', 'SNS.AuthorizationErrorException'],
  ])('%s that fails with %s is %s', async (action, code, name) => {
    const run = port({ service: () => Promise.reject(new AwsError(code, 'refused')) });
    const cause = expect.stringMatching(
      `^refused \\(Service: Amazon\\w+; Status Code: 400; Error Code: ${code}; Request ID: [\\da-f-]+; Proxy: null\\)$`,
    );

    await expect(run(`arn:aws:states:::${action}`, {})).rejects.toEqual(named(name, cause));
  });
});
