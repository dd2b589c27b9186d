import { describe, expect, it } from '@jest/globals';
import { LAMBDA, subject, UPDATE_ITEM } from './support.ts';

const states = {
  Reserve: {
    Type: 'Task',
    Resource: LAMBDA,
    Retry: [{ ErrorEquals: ['Lambda.SdkClientException'], MaxAttempts: 1 }],
    Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Note' }],
    Next: 'Note',
  },
  Note: { Type: 'Task', Resource: UPDATE_ITEM, Parameters: { TableName: 'parcels', Key: {} }, End: true },
};
const setUp = () =>
  subject({ states, startAt: 'Reserve', retryScale: 0, task: ({ stateName }) => ({ by: stateName }) });

function failure(name: string, cause: string): Error {
  return Object.assign(new Error(cause), { name });
}

describe('hooks around the tries of Tasks', () => {
  it('see functions and integrations, with the state and the execution, until they are taken away', async () => {
    const { service, run } = setUp();
    const seen: string[] = [];
    const end = service.intercept(async ({ stateName, resource, executionArn }, proceed) => {
      seen.push(`${stateName} ${resource} ${executionArn.split(':').at(-1)}`);
      return proceed();
    });
    await run({}, 'one');
    end();
    await run({}, 'two');

    expect(seen).toEqual([`Reserve ${LAMBDA} one`, `Note ${UPDATE_ITEM} one`]);
  });

  it('answer in place of the Task, the first that was added outermost', async () => {
    const { service, run, tasks } = setUp();
    service.intercept(async ({ stateName }, proceed) =>
      stateName === 'Note' ? [await proceed(), 'outer'] : proceed(),
    );
    service.intercept(async ({ stateName }, proceed) => (stateName === 'Note' ? 'inner' : proceed()));

    expect(JSON.parse(String((await run()).output))).toEqual(['inner', 'outer']);
    expect(tasks.map(({ stateName }) => stateName)).toEqual(['Reserve']);
  });

  it('fail a try under the name of their error after the work was done: it is tried again', async () => {
    const { service, run, tasks } = setUp();
    let lost = 0;
    service.intercept(async ({ stateName }, proceed) => {
      const result = await proceed();
      if (stateName !== 'Reserve' || lost > 0) return result;
      lost += 1;
      throw failure('Lambda.SdkClientException', 'connection reset');
    });

    expect(await run()).toMatchObject({ status: 'SUCCEEDED' });
    expect(tasks.map(({ stateName }) => stateName)).toEqual(['Reserve', 'Reserve', 'Note']);
  });

  it('let a Task time out', async () => {
    const { service, run, history } = setUp();
    service.intercept(async ({ stateName }, proceed) => {
      if (stateName === 'Reserve') throw failure('States.Timeout', '');
      return proceed();
    });
    const { executionArn } = await run();

    const types = (await history(String(executionArn))).map(({ type }) => type);
    expect(types).toContain('LambdaFunctionTimedOut');
    expect(types.at(-1)).toBe('ExecutionSucceeded');
  });
});
