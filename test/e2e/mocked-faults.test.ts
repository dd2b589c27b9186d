import { describe, expect } from '@jest/globals';
import { always } from '#test/machine/saga-runs.ts';
import { mockCases } from '#test/mocks/cases.ts';
import { itNeeds } from '#test/support/e2e/capabilities.ts';
import { inParallel } from '#test/support/e2e/in-parallel.ts';
import { aPaidRun, ended, startExecution, statesOf } from '#test/support/e2e/saga.ts';
import { openTarget } from '#test/support/e2e/target.ts';
import { runSaga } from '#test/support/fake-machine.ts';
import { openSuite } from '#test/support/open-suite.ts';

const target = openSuite(openTarget);

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
      const both = await inParallel(mockCases, atOnce, async ({ name, errors }) => {
        const { input } = await aPaidRun(target, 10);
        const machine = { ...target, stateMachineArn: `${target.stateMachineArn}#${name}` };
        const arn = await startExecution(machine, input.execution_id, input);
        await ended(target, arn);
        return {
          taken: { name, states: await statesOf(target, arn) },
          expected: { name, states: await expectedStates(input, errors) },
        };
      });
      expect(both.map(({ taken }) => taken)).toEqual(both.map(({ expected }) => expected));
    },
    300_000,
  );
});
