import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Authorize, AwsError, OUTSIDE } from '#embedded/types.ts';
import { aLambda, arnOf, type Fixture } from './fixture.ts';

const CODE = `
  let tries = 0;
  export const handler = async (event) => {
    console.log('event ' + JSON.stringify(event));
    if (event?.failTimes > tries++) throw new Error('not yet');
    return { got: event };
  };
`;

describe('the Lambda API', () => {
  let fixture: Fixture;
  let denied: string | undefined;
  const authorize: Authorize = (caller, action, arn) => {
    if (caller.roleArn !== undefined && action === denied) throw new AwsError('AccessDeniedException', arn, 403);
  };
  const call = (operation: string, input: Record<string, unknown> = {}) =>
    fixture.lambda.call(operation, input, OUTSIDE);
  beforeAll(async () => {
    const attributes = {
      description: 'reserves',
      environment: { variables: { TABLE: 't' } },
      reserved_concurrent_executions: 5,
    };
    fixture = await aLambda(
      { step: { code: CODE, attributes }, other: CODE, flaky: CODE },
      { authorize, asyncRetryDelaysMs: [1, 1] },
    );
  });
  afterAll(() => fixture.close());

  it('invokes with a value or with bytes, and answers in the SDK form', async () => {
    const output = await call('Invoke', { FunctionName: 'step', Payload: { a: 1 }, LogType: 'Tail' });
    expect(output).toEqual({
      StatusCode: 200,
      ExecutedVersion: '$LATEST',
      Payload: { got: { a: 1 } },
      LogResult: expect.any(String),
    });
    expect(Buffer.from(String(output.LogResult), 'base64').toString()).toMatch(
      /^(?:.*\n)*START[\s\S]*event \{"a":1\}[\s\S]*REPORT/,
    );
    const bytes = new TextEncoder().encode('[1]');
    expect(await call('Invoke', { FunctionName: 'step', Payload: bytes })).toMatchObject({ Payload: { got: [1] } });
    expect(await call('Invoke', { FunctionName: 'step' })).toMatchObject({ Payload: { got: {} } });
    expect(await call('Invoke', { FunctionName: 'step', Payload: null })).toMatchObject({ Payload: { got: null } });
  });

  it('tells of a failing function in the output', async () => {
    const output = await call('Invoke', { FunctionName: 'other', Payload: { failTimes: 100 } });
    expect(output).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled', Payload: { errorMessage: 'not yet' } });
    expect(output).not.toHaveProperty('LogResult');
  });

  it('runs an event later, and again when it fails', async () => {
    const reported = new Promise<void>((resolve) => {
      const end = fixture.lambda.intercept(async ({ functionName, proceed }) => {
        const reply = await proceed();
        if (functionName === 'flaky' && reply.functionError === undefined) {
          end();
          resolve();
        }
        return reply;
      });
    });
    const output = await call('Invoke', { FunctionName: 'flaky', InvocationType: 'Event', Payload: { failTimes: 2 } });
    expect(output).toMatchObject({ StatusCode: 202 });
    await reported;
    expect(fixture.log('flaky').filter((line) => line.includes('event {'))).toHaveLength(3);
  });

  it('checks without running on a dry run', async () => {
    const before = fixture.log('other').length;
    expect(await call('Invoke', { FunctionName: 'other', InvocationType: 'DryRun' })).toEqual({ StatusCode: 204 });
    expect(fixture.log('other')).toHaveLength(before);
  });

  it('describes functions', async () => {
    const configuration = {
      FunctionName: 'step',
      FunctionArn: arnOf('step'),
      Handler: 'index.handler',
      Runtime: 'nodejs22.x',
      Timeout: 30,
      MemorySize: 256,
      Description: 'reserves',
      Environment: { Variables: { TABLE: 't' } },
      CodeSha256: expect.stringMatching(/^[\w+/]{43}=$/),
      State: 'Active',
    };
    expect(await call('GetFunctionConfiguration', { FunctionName: arnOf('step') })).toMatchObject(configuration);
    expect(await call('GetFunction', { FunctionName: 'step' })).toMatchObject({
      Configuration: configuration,
      Concurrency: { ReservedConcurrentExecutions: 5 },
    });
    const { Functions: functions } = await call('ListFunctions');
    expect(functions).toMatchObject([{ FunctionName: 'step' }, { FunctionName: 'other' }, { FunctionName: 'flaky' }]);
  });

  it.each([
    ['Invoke', { FunctionName: 'none' }, 'ResourceNotFoundException'],
    ['Invoke', { FunctionName: 'step', Qualifier: 'live' }, 'ResourceNotFoundException'],
    ['Invoke', { FunctionName: 'not a name' }, 'ValidationException'],
    ['Invoke', {}, 'ValidationException'],
    ['Invoke', { FunctionName: 'step', InvocationType: 'Later' }, 'InvalidParameterValueException'],
    ['Invoke', { FunctionName: 'step', Payload: new TextEncoder().encode('{') }, 'InvalidRequestContentException'],
    ['GetFunction', { FunctionName: 'none' }, 'ResourceNotFoundException'],
    ['DeleteFunction', { FunctionName: 'step' }, 'UnknownOperationException'],
  ])('%s of %j fails with %s', async (operation, input, code) => {
    await expect(call(operation, input)).rejects.toMatchObject({ code });
  });

  it.each([
    ['Invoke', 'lambda:InvokeFunction', arnOf('step')],
    ['GetFunction', 'lambda:GetFunction', arnOf('step')],
    ['GetFunctionConfiguration', 'lambda:GetFunctionConfiguration', arnOf('step')],
    ['ListFunctions', 'lambda:ListFunctions', '*'],
  ])('%s asks for %s', async (operation, action, arn) => {
    denied = action;
    const attempt = fixture.lambda.call(operation, { FunctionName: 'step' }, { roleArn: 'arn:role' });
    await expect(attempt).rejects.toMatchObject({ code: 'AccessDeniedException', message: arn });
  });
});
