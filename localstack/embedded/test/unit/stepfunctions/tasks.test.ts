import { describe, expect, it } from '@jest/globals';
import type { Happening, Observe } from '#embedded/observer.ts';
import type { InvokeEvent, InvokeFunction } from '#embedded/stepfunctions/contract.ts';
import { createTaskPort } from '#embedded/stepfunctions/tasks.ts';
import { AwsError, type AwsService } from '#embedded/types.ts';
import { LAMBDA, ROLE_ARN } from './support.ts';

const caller = { roleArn: ROLE_ARN };
const { signal } = new AbortController();

interface PortOptions {
  readonly invoke?: InvokeFunction;
  readonly invokeEvent?: InvokeEvent;
  readonly service?: AwsService['call'];
  readonly observe?: Observe;
}

function port({ invoke = async () => ({ payload: null }), invokeEvent, service, observe = () => {} }: PortOptions) {
  const call: AwsService['call'] = service ?? (async () => ({}));
  const services = { dynamodb: { call }, sqs: { call }, sns: { call } };
  const run = createTaskPort({ invokeFunction: invoke, ...(invokeEvent && { invokeEvent }), services, observe });
  return (resource: string, input: unknown) =>
    run({ resource, input, stateName: 'S', executionArn: 'arn', signal }, caller);
}

const named = (name: string, message: unknown = expect.any(String)) => expect.objectContaining({ name, message });

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

describe('lambda:invoke', () => {
  const resource = 'arn:aws:states:::lambda:invoke';

  it('wraps the payload as the API answers', async () => {
    const calls: unknown[] = [];
    const run = port({
      invoke: async (...args) => {
        calls.push(args);
        return { payload: [1], executedVersion: '3' };
      },
    });

    expect(await run(resource, { FunctionName: LAMBDA, Payload: { a: 1 } })).toMatchObject({
      ExecutedVersion: '3',
      Payload: [1],
      StatusCode: 200,
    });
    expect(calls).toEqual([[LAMBDA, { a: 1 }, caller, signal]]);
  });

  it('invokes the version that the qualifier names', async () => {
    const names: string[] = [];
    const run = port({
      invoke: async (name) => {
        names.push(name);
        return { payload: null };
      },
    });
    await run(resource, { FunctionName: LAMBDA, Qualifier: '3' });

    expect(names).toEqual([`${LAMBDA}:3`]);
  });

  it('with InvocationType Event is done once the event is kept', async () => {
    const events: unknown[] = [];
    const run = port({ invokeEvent: async (...args) => void events.push(args) });

    expect(await run(resource, { FunctionName: LAMBDA, InvocationType: 'Event', Payload: { a: 1 } })).toMatchObject({
      Payload: '',
      SdkHttpMetadata: { HttpStatusCode: 202 },
      StatusCode: 202,
    });
    expect(events).toEqual([[LAMBDA, { a: 1 }, caller]]);
  });

  it('fails with the error type of the function', async () => {
    const run = port({
      invoke: async () => ({ payload: { errorType: 'Oops', errorMessage: 'x' }, functionError: 'Unhandled' }),
    });

    await expect(run(resource, { FunctionName: LAMBDA })).rejects.toEqual(named('Oops'));
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
