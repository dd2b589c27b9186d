import { describe, expect, it } from '@jest/globals';
import { LAMBDA } from './support.ts';
import { caller, named, port, signal } from './tasks-setup.ts';

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
