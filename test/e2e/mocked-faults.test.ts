import { TestStateCommand } from '@aws-sdk/client-sfn';
import { describe, expect } from '@jest/globals';
import { mockCases } from '#test/mocks/cases.ts';
import { itNeeds } from '#test/support/e2e/capabilities.ts';
import { aBookingRun, aPaidRun, ended, startExecution, statesOf } from '#test/support/e2e/saga.ts';
import { openTarget } from '#test/support/e2e/target.ts';
import { runSaga } from '#test/support/fake-machine.ts';
import { openSuite } from '#test/support/open-suite.ts';
import { readSaga } from '../../statemachine/tools/asl.ts';

const target = openSuite(openTarget);
const always = Number.POSITIVE_INFINITY;

/** States of a run in which these fail each time. */
async function expectedStates(run: Record<string, unknown>, errors: Readonly<Record<string, string>>) {
  const faults = Object.fromEntries(Object.entries(errors).map(([state, error]) => [state, { error, times: always }]));
  return (await runSaga(run, { faults })).states;
}

/** A run waits for its retries in real time: many wait beside each other. */
const atOnce = 12;

describe('the fault plans of the mock configuration', () => {
  itNeeds('mock configuration')(
    'take the ways that they take here',
    async () => {
      const waiting = [...mockCases];
      const taken: Record<string, readonly string[]> = {};
      const expected: Record<string, readonly string[]> = {};
      const work = async (): Promise<void> => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
          const { name, errors } = next;
          const { input } = await aPaidRun(target, 10);
          const machine = { ...target, stateMachineArn: `${target.stateMachineArn}#${name}` };
          const arn = await startExecution(machine, input.execution_id, input);
          await ended(target, arn);
          taken[name] = await statesOf(target, arn);
          expected[name] = await expectedStates(input, errors);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      expect(taken).toEqual(expected);
    },
    300_000,
  );
});

describe('TestState', () => {
  const { States } = readSaga() as unknown as {
    States: Record<string, { Type: string; Catch?: { ErrorEquals: string[]; Next: string }[] }>;
  };
  const noted = { Error: 'E', Cause: 'C' };
  /** MiniStack looks at the Catch first, so it never says RETRIABLE: an error whose retries are over is the same on all. */
  const retriesAreOver = { retrierRetryCount: 9 };

  itNeeds('mocks of TestState')('leads every error of every state to where its Catch says', async () => {
    const wrong: unknown[] = [];
    for (const [state, { Type, Catch = [] }] of Object.entries(States)) {
      if (Type !== 'Task') continue;
      for (const { ErrorEquals, Next } of Catch) {
        const [error = ''] = ErrorEquals;
        const { status, nextState } = await target.stepFunctions.send(
          new TestStateCommand({
            definition: JSON.stringify(States[state]).replaceAll(
              /\{\{\w+\}\}/g,
              'arn:aws:lambda:us-east-1:000000000000:function:f',
            ),
            input: JSON.stringify({
              ...aBookingRun(),
              failedLayers: {},
              NotifyBookingConfirmedError: noted,
              NotifyBookingFailedError: noted,
            }),
            mock: { errorOutput: { error: error === 'States.ALL' ? 'Unheard' : error, cause: 'Planned' } },
            stateConfiguration: retriesAreOver,
          }),
        );
        if (status !== 'CAUGHT_ERROR' || nextState !== Next) wrong.push({ state, error, status, nextState });
      }
    }
    expect(wrong).toEqual([]);
  });
});
