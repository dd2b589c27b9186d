import { expect, it } from '@jest/globals';
import { allLegs } from '#functions/legs.ts';
import { aslProblems } from '#infra/asl-problems.ts';
import { sagaFunctions } from '#infra/saga-functions.ts';
import { isFullLoad } from '#test/support/load.ts';
import { readSaga, type StateMachine, sagaFileName } from '../../../statemachine/tools/asl.ts';
import { mutants } from './mutants.ts';

const problemsOf = (machine: StateMachine): string[] =>
  aslProblems({
    machine,
    legs: allLegs,
    files: allLegs.map((leg) => ({ folder: leg.name, exports: { [leg.name]: leg } })),
    functions: sagaFunctions,
  });

it('finds no problem in the saga', () => {
  expect(problemsOf(readSaga())).toEqual([]);
});

/** A tenth by default, of every state and of every kind of change; all with LOAD=full. */
const tried = mutants.filter((_, index) => isFullLoad || index % 10 === 0);

it('says of a change of a state what is wrong, in a sentence that names the state', () => {
  const silent = tried.flatMap(({ said, state, machine }) => {
    const problems = problemsOf(machine());
    const areSaid = problems.every((problem) => problem.startsWith(`${sagaFileName}: `) && problem.includes(state));
    // Two for a change that is wrong in two ways: a step's error moved to another step's choice.
    return areSaid && [1, 2].includes(problems.length) ? [] : [{ said, problems }];
  });
  expect(silent).toEqual([]);
  // One for each field, catcher, retrier and choice: a generator that makes nothing would find nothing.
  expect(mutants.length).toBeGreaterThan(4000);
});
