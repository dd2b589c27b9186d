import { expect, it } from '@jest/globals';
import { readSaga } from '../../../statemachine/tools/asl.ts';
import { isRunning, stepNames } from './steps.ts';

it('given the model, then its steps are states of the state machine', () => {
  const states = Object.keys(readSaga().States);

  for (const name of stepNames.filter((_, step) => isRunning(step))) expect(states).toContain(name);
});
