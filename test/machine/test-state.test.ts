import { describe, expect, it } from '@jest/globals';
import { OUTSIDE } from '#embedded/index.ts';
import { createStepFunctions } from '#embedded/testing.ts';
import { mockCases, mockConfig } from '#test/mocks/cases.ts';
import { type FakeFault, runSaga } from '#test/support/fake-machine.ts';
import { readSaga } from '../../statemachine/tools/asl.ts';
import { always, booking } from './saga-runs.ts';

interface Task {
  readonly Type: string;
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[] }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[] }[];
}

const tasks = Object.entries(readSaga().States as unknown as Record<string, Task>).filter(
  ([, { Type }]) => Type === 'Task',
);

/** All that the state names, and one that it does not. */
const cases = tasks.flatMap(([state, { Retry = [], Catch = [] }]) =>
  [...new Set([...Retry, ...Catch].flatMap(({ ErrorEquals }) => ErrorEquals).concat('Unheard')).values()]
    .filter((error) => error !== 'States.ALL')
    .map((error) => ({ state, error })),
);

/** Faults by which a run comes to a state. */
function wayTo(state: string): Record<string, FakeFault> {
  const failing = (name: string): Record<string, FakeFault> => ({
    [name]: { error: 'InjectedFaultError', times: always },
  });
  if (state === 'SendConfirmationToDeadLetterQueue') return failing('NotifyBookingConfirmed');
  if (state === 'SendToDeadLetterQueue') return { ...failing('ConfirmBooking'), ...failing('RefundPayment') };
  if (state === 'SendCancellationToDeadLetterQueue')
    return { ...failing('ConfirmBooking'), ...failing('NotifyBookingFailed') };
  const isBackward = /^(Cancel|Refund|Release|Close|NotifyBookingFailed)/.test(state);
  return isBackward ? failing('ConfirmBooking') : {};
}

/** What the states before may have noted, as far as letters have it inside. */
const failed = { Error: 'E', Cause: 'C' };
const notes = { failedLayers: {}, NotifyBookingConfirmedError: failed, NotifyBookingFailedError: failed };

async function testState(state: string, error: string) {
  const stepFunctions = createStepFunctions({
    machines: [],
    environment: { region: 'us-east-1', accountId: '000000000000' },
    authorize: () => undefined,
    tasks: () => Promise.reject(Object.assign(new Error('Planned'), { name: error })),
    onStatusChange: () => undefined,
  });
  const definition = JSON.stringify(readSaga().States[state]).replaceAll(
    /\{\{\w+FunctionArn\}\}/g,
    'arn:aws:lambda:us-east-1:000000000000:function:f',
  );
  const answer = await stepFunctions.call(
    'TestState',
    {
      definition,
      input: JSON.stringify({ ...booking, ...notes }),
      roleArn: 'arn:aws:iam::000000000000:role/saga',
    },
    OUTSIDE,
  );
  await stepFunctions.close();
  return answer as { status: string; nextState?: string };
}

describe('TestState and a run of the machine', () => {
  it.each(cases)('agree what becomes of $error in $state', async ({ state, error }) => {
    const run = await runSaga(booking, { faults: { ...wayTo(state), [state]: { error, times: always } } });
    const { status, nextState } = await testState(state, error);

    expect(run.attempts[state]).toBeGreaterThan(0);
    expect(status === 'RETRIABLE').toBe(run.attempts[state] !== 1);
    if (status !== 'RETRIABLE') expect(nextState).toBe(run.states[run.states.indexOf(state) + 1]);
  });
});

describe('the mock configuration', () => {
  const { StateMachines, MockedResponses } = mockConfig('saga') as {
    StateMachines: { saga: { TestCases: Record<string, Record<string, string>> } };
    MockedResponses: Record<string, object>;
  };

  it('has a case for each Task of the machine whose failure changes the way, with responses that are there', () => {
    const mocked = new Set(mockCases.flatMap(({ errors }) => Object.keys(errors)));

    expect(tasks.map(([name]) => name).filter((name) => !mocked.has(name))).toEqual([
      'SendConfirmationToDeadLetterQueue',
      'SendCancellationToDeadLetterQueue',
      'SendToDeadLetterQueue',
    ]);
    expect(Object.keys(StateMachines.saga.TestCases)).toEqual(mockCases.map(({ name }) => name));
    for (const responses of Object.values(StateMachines.saga.TestCases)) {
      for (const response of Object.values(responses)) expect(MockedResponses).toHaveProperty([response]);
    }
  });
});
