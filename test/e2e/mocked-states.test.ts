import { TestStateCommand } from '@aws-sdk/client-sfn';
import { describe, expect } from '@jest/globals';
import { anyInput, outcomeOf, stateErrors, tasks } from '#test/mocks/state-errors.ts';
import { itNeeds, limitation } from '#test/support/e2e/capabilities.ts';
import { inParallel } from '#test/support/e2e/in-parallel.ts';
import { openTarget } from '#test/support/e2e/target.ts';
import { openSuite } from '#test/support/open-suite.ts';

const target = openSuite(openTarget);

const aQueue = {
  Resource: 'arn:aws:states:::sqs:sendMessage',
  Parameters: { QueueUrl: 'queue', MessageBody: 'message' },
};

/** With its own Retry and Catch. Where a mock reaches not every resource, the state calls one that it reaches. */
function definitionOf(state: string): string {
  const own = tasks.get(state);
  const asked = limitation('mocks of every resource in TestState') === undefined ? own : { ...own, ...aQueue };
  return JSON.stringify(asked).replaceAll(/\{\{\w+\}\}/g, 'arn:aws:lambda:us-east-1:000000000000:function:f');
}

async function testState(state: string, error: string, retrierRetryCount: number): Promise<string> {
  const { status, nextState } = await target.stepFunctions.send(
    new TestStateCommand({
      definition: definitionOf(state),
      input: JSON.stringify(anyInput),
      mock: { errorOutput: { error, cause: 'Planned' } },
      stateConfiguration: { retrierRetryCount },
    }),
  );
  return nextState === undefined ? String(status) : `${status} -> ${nextState}`;
}

/** More than any retrier tries. */
const retriesAreOver = 9;

describe('TestState', () => {
  itNeeds('mocks of TestState')('does with each error of each state what a run of the machine does', async () => {
    const tellsRetries = limitation('retries in TestState') === undefined;
    const both = await inParallel(stateErrors, 12, async ({ state, error }) => {
      const { isRetried, next } = await outcomeOf({ state, error });
      const atFirst = isRetried && tellsRetries ? [await testState(state, error, 0)] : [];
      const inTheEnd = await testState(state, error, isRetried ? retriesAreOver : 0);
      const end = next === undefined ? 'FAILED' : `CAUGHT_ERROR -> ${next}`;
      const named = (answers: readonly string[]) => ({ state, error, answers });
      return {
        answered: named([...atFirst, inTheEnd]),
        expected: named([...(isRetried && tellsRetries ? ['RETRIABLE'] : []), end]),
      };
    });
    expect(both.map(({ answered }) => answered)).toEqual(both.map(({ expected }) => expected));
  });
});
