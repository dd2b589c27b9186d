import { describe, expect, it } from '@jest/globals';
import { readSaga } from '../../../statemachine/tools/asl.ts';
import { lintForm } from '../../../statemachine/tools/lint-form.ts';
import type { Mutable } from './leg-problems.ts';

it('finds no problem in the saga', () => {
  expect(lintForm(readSaga())).toEqual([]);
});

describe('names the state that has not the form of its type', () => {
  it.each<[string, (machine: Mutable) => void]>([
    ['StartAt is "Nowhere", which is no state', (machine) => Object.assign(machine, { StartAt: 'Nowhere' })],
    ['ReserveRental: has no Type', ({ States }) => delete States.ReserveRental.Type],
    [
      'ReserveRental: its Type is "Pass": it should be one of Task, Choice, Succeed, Fail',
      ({ States }) => Object.assign(States.ReserveRental, { Type: 'Pass' }),
    ],
    ['PeelBack: has no Choices', ({ States }) => Object.assign(States.PeelBack, { Choices: [] })],
    ['PeelBack: choice 6 has no Next', ({ States }) => delete States.PeelBack.Choices[5].Next],
    ['PeelBack: has no Default', ({ States }) => delete States.PeelBack.Default],
    ['ReserveRental: its Catch is no list', ({ States }) => Object.assign(States.ReserveRental, { Catch: {} })],
    ['ReserveRental: Catch 1 has no Next', ({ States }) => delete States.ReserveRental.Catch[0].Next],
    [
      'ReserveRental: Catch 1 has no ErrorEquals, a list of the errors that it is for',
      ({ States }) => delete States.ReserveRental.Catch[0].ErrorEquals,
    ],
    [
      'ReserveRental: Retry 2 has no ErrorEquals, a list of the errors that it is for',
      ({ States }) => Object.assign(States.ReserveRental.Retry[1], { ErrorEquals: [] }),
    ],
  ])('%s', (problem, mutate) => {
    const machine: Mutable = structuredClone(readSaga());
    mutate(machine);
    expect(lintForm(machine)).toEqual([problem]);
  });
});
