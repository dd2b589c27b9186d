import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OUTSIDE } from '#embedded/types.ts';
import { CODE } from './answering-code.ts';
import { aLambda, arnOf, type Fixture } from './fixture.ts';

describe('invoking a function', () => {
  let fixture: Fixture;
  const invoke = async (payload: unknown, name = 'step') => fixture.lambda.invoke(name, payload, OUTSIDE);

  beforeAll(async () => {
    fixture = await aLambda({
      step: { code: CODE, attributes: { environment: { variables: { TABLE: 'bookings' } } } },
      callback: `export const handler = (event, context, callback) => { setTimeout(() => callback(null, event + 1)); };`,
      commonjs: { code: { 'index.cjs': `exports.handler = async (event) => [event];` } },
      slow: {
        code: `export const handler = async () => { console.log('before the loop'); for (;;); };`,
        attributes: { timeout: 0.3 },
      },
      sleepy: {
        code: `export const handler = () => new Promise((resolve) => setTimeout(resolve, 60_000));`,
        attributes: { timeout: 0.2 },
      },
    });
  });
  afterAll(() => fixture.close());

  it('answers what the handler returns', async () => {
    expect(await invoke({ trip_id: 't1', legs: [1, null] })).toMatchObject({
      payload: { trip_id: 't1', legs: [1, null] },
    });
  });

  it('takes the function by ARN and partial ARN too', async () => {
    expect((await invoke(1, arnOf('step'))).payload).toBe(1);
    expect((await invoke(2, '000000000000:function:step')).payload).toBe(2);
    expect((await invoke(3, `${arnOf('step')}:$LATEST`)).payload).toBe(3);
  });

  it('answers null where the handler returns nothing or waits for nothing', async () => {
    expect((await invoke({ do: 'nothing' })).payload).toBeNull();
    const never = await invoke({ do: 'never' });
    expect(never.payload).toBeNull();
    expect(never.functionError).toBeUndefined();
  });

  it('runs callback handlers and CommonJS bundles', async () => {
    expect((await invoke(41, 'callback')).payload).toBe(42);
    expect((await invoke('a', 'commonjs')).payload).toEqual(['a']);
  });

  it('awaits what a handler of a newer runtime returns, which has no callbacks', async () => {
    const attributes = { runtime: 'nodejs24.x' };
    const newer = await aLambda({
      plain: { code: `export const handler = (event) => ({ event });`, attributes },
      bare: { code: `export const handler = (event, context) => [typeof context.done, event];`, attributes },
      failing: { code: `export const handler = () => { throw new RangeError('too far'); };`, attributes },
      older: `export const handler = (event) => ({ event });`,
    });
    const answer = async (name: string) => (await newer.lambda.invoke(name, 1, OUTSIDE)).payload;
    try {
      expect(await answer('plain')).toEqual({ event: 1 });
      expect(await answer('bare')).toEqual(['undefined', 1]);
      expect(await answer('failing')).toMatchObject({ errorType: 'RangeError', errorMessage: 'too far' });
      expect(await answer('older')).toBeNull();
    } finally {
      await newer.close();
    }
  });

  it('refuses a callback handler in a newer runtime', async () => {
    const code = `export const handler = (event, context, callback) => callback(null, event);`;
    const newer = await aLambda({ callback: { code, attributes: { runtime: 'nodejs24.x' } } });
    try {
      const { functionError, payload } = await newer.lambda.invoke('callback', 1, OUTSIDE);
      expect(functionError).toBe('Unhandled');
      expect(payload).toMatchObject({ errorType: 'Runtime.CallbackHandlerDeprecated' });
    } finally {
      await newer.close();
    }
  });

  it('gives the function its own environment and nothing of this process', async () => {
    process.env.OF_THE_PROCESS = 'secret';
    const { payload } = await invoke({ do: 'environment' });
    expect(payload).toMatchObject({
      TABLE: 'bookings',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'step',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/step',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
      AWS_ACCESS_KEY_ID: 'key-of-the-role',
      _HANDLER: 'index.handler',
    });
    expect(payload).not.toHaveProperty('OF_THE_PROCESS');
  });

  it('gives a context with the request, the function and the time left', async () => {
    const { payload } = await invoke({ do: 'context' });
    expect(payload).toMatchObject({
      functionName: 'step',
      invokedFunctionArn: arnOf('step'),
      memoryLimitInMB: '256',
      logGroupName: '/aws/lambda/step',
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const { remaining } = payload as { remaining: number };
    expect(remaining).toBeGreaterThan(0);
    expect(remaining).toBeLessThanOrEqual(30_000);
  });

  it('keeps the environment between invocations, also after an error', async () => {
    const first = (await invoke({ do: 'count' })).payload as number;
    await invoke({ do: 'throw' });
    expect((await invoke({ do: 'count' })).payload).toBe(first + 2);
  });

  it('answers a thrown error with its name, message and trace', async () => {
    const reply = await invoke({ do: 'throw' });
    expect(reply.functionError).toBe('Unhandled');
    expect(reply.payload).toMatchObject({ errorType: 'SeatUnavailableError', errorMessage: 'no seats' });
    const { trace } = reply.payload as { trace: string[] };
    expect(trace[0]).toContain('no seats');
    expect(trace[1]).toContain('index.mjs');
    expect((await invoke({ do: 'throw text' })).payload).toEqual({
      errorType: 'string',
      errorMessage: 'just a text',
      trace: [],
    });
  });

  it.each([
    [1, 'Runtime exited with error: exit status 1'],
    [0, 'Runtime exited without providing a reason'],
  ])('tells when the function ends its process with %d, and starts anew', async (code, sentence) => {
    const reply = await invoke({ do: 'exit', code });
    expect(reply.functionError).toBe('Unhandled');
    expect(reply.payload).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(new RegExp(`^RequestId: [0-9a-f-]{36} Error: ${sentence}$`)),
    });
    expect((await invoke({ do: 'count' })).payload).toBe(1);
  });

  it('tells of an unhandled rejection and of an uncaught exception, and starts anew', async () => {
    expect((await invoke({ do: 'reject' })).payload).toMatchObject({
      errorType: 'Runtime.UnhandledPromiseRejection',
      errorMessage: 'TypeError: lost',
    });
    expect((await invoke({ do: 'uncaught' })).payload).toMatchObject({
      errorType: 'RangeError',
      errorMessage: 'thrown later',
    });
    expect((await invoke({ do: 'count' })).payload).toBe(1);
  });

  it('ends a function that spins longer than its time limit, and keeps what it logged', async () => {
    const reply = await invoke({}, 'slow');
    expect(reply.functionError).toBe('Unhandled');
    expect(reply.payload).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 0\.30 seconds$/),
    });
    expect(reply.logTail).toMatch(/before the loop[\s\S]*Task timed out after 0\.30 seconds/);
    expect((await invoke({}, 'sleepy')).payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
  });

  it('refuses payloads over 6 MB either way', async () => {
    await expect(invoke('x'.repeat(6_291_556))).rejects.toMatchObject({
      code: 'RequestTooLargeException',
      statusCode: 413,
    });
    expect((await invoke({ do: 'large' })).payload).toMatchObject({ errorType: 'Function.ResponseSizeTooLarge' });
  });

  it('tells of a result that is no JSON', async () => {
    expect((await invoke({ do: 'cycle' })).payload).toMatchObject({
      errorMessage: 'Unable to stringify response body',
    });
  });

  it.each(['missing', arnOf('step').replace('us-east-1', 'eu-west-1'), `${arnOf('step')}:live`])(
    'does not find %s',
    async (name) => {
      await expect(invoke({}, name)).rejects.toMatchObject({ code: 'ResourceNotFoundException', statusCode: 404 });
    },
  );
});
