import { describe, expect, it } from '@jest/globals';
import { OUTSIDE } from '#embedded/index.ts';
import { createStepFunctions } from '#embedded/testing.ts';
import { mockCases, mockConfig } from '#test/mocks/cases.ts';
import { anyInput, outcomeOf, stateErrors, tasks } from '#test/mocks/state-errors.ts';
import { readSaga } from '../../statemachine/tools/asl.ts';

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
    { definition, input: JSON.stringify(anyInput), roleArn: 'arn:aws:iam::000000000000:role/saga' },
    OUTSIDE,
  );
  await stepFunctions.close();
  return answer as { status: string; nextState?: string };
}

describe('TestState and a run of the machine', () => {
  it.each(stateErrors)('agree what becomes of $error in $state', async (stateError) => {
    const { isRetried, next } = await outcomeOf(stateError);
    const { status, nextState } = await testState(stateError.state, stateError.error);

    expect(status === 'RETRIABLE').toBe(isRetried);
    if (!isRetried) expect(nextState).toBe(next);
  });
});

describe('the mock configuration', () => {
  const { StateMachines, MockedResponses } = mockConfig('saga') as {
    StateMachines: { saga: { TestCases: Record<string, Record<string, string>> } };
    MockedResponses: Record<string, object>;
  };

  it('has a case for each Task of the machine whose failure changes the way, with responses that are there', () => {
    const mocked = new Set(mockCases.flatMap(({ errors }) => Object.keys(errors)));

    expect([...tasks.keys()].filter((name) => !mocked.has(name))).toEqual([
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
