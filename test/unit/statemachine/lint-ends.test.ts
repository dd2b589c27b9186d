import { describe, expect, it } from '@jest/globals';
import { readSaga } from '../../../statemachine/tools/asl.ts';
import { ends } from '../../../statemachine/tools/ways.ts';
import { type Mutable, problemsOf } from './leg-problems.ts';

const sorry = "Sorry, We Couldn't make the booking";
const advice = 'as statemachine/tools/ways.ts says';

it('knows all states in which a run of the saga ends', () => {
  const found = Object.entries(readSaga().States).filter(([, { Type }]) => ['Succeed', 'Fail'].includes(Type));

  expect(found.map(([name]) => name).sort()).toEqual(Object.keys(ends).sort());
});

describe('says with what a run should end', () => {
  it.each<[string, (machine: Mutable) => void]>([
    [
      `${sorry}: its Type is Succeed: it should be Fail, ${advice}`,
      ({ States }) => {
        States[sorry] = States['We have cancelled your booking'];
      },
    ],
    [
      `We have made your booking!: its Type is Fail: it should be Succeed, ${advice}`,
      ({ States }) => {
        States['We have made your booking!'] = States.RejectInput;
      },
    ],
    [
      `RejectInput: its Type is Task: it should be Fail, ${advice}`,
      ({ States }) => {
        States.RejectInput = { Type: 'Task' };
      },
    ],
    [
      `RejectInput: its Error is "CompensationFailed": it should be "InvalidSagaInput", ${advice}`,
      ({ States }) => {
        States.RejectInput = States.CompensationIncomplete;
      },
    ],
    [
      `CompensationIncomplete: its Error is "States.Timeout": it should be "CompensationFailed", ${advice}`,
      ({ States }) => {
        States.CompensationIncomplete.Error = 'States.Timeout';
      },
    ],
    ['has no state RejectInput', ({ States }) => delete States.RejectInput],
  ])('%s', (problem, mutate) => {
    expect(problemsOf(mutate)).toEqual([`statemachine/booking-saga.asl.json: ${problem}`]);
  });

  it('of both states that have been exchanged', () => {
    const problems = problemsOf(({ States }) => {
      [States.RejectInput, States[sorry]] = [States[sorry], States.RejectInput];
    });

    expect(problems).toHaveLength(2);
  });
});
