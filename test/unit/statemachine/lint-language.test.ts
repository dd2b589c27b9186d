import { expect, it } from '@jest/globals';
import { allLegs } from '#functions/legs.ts';
import { aslProblems } from '#infra/asl-problems.ts';
import { sagaFunctions } from '#infra/saga-functions.ts';
import { readSaga, sagaFileName } from '../../../statemachine/tools/asl.ts';

/** Of the saga with other fields of its own. */
const problemsOf = (more: object): string[] =>
  aslProblems({
    machine: { ...readSaga(), ...more },
    legs: allLegs,
    files: allLegs.map((leg) => ({ folder: leg.name, exports: { [leg.name]: leg } })),
    functions: sagaFunctions,
  });

it.each([
  ['a comment that is no text', { Comment: 7 }, 'SCHEMA_VALIDATION_FAILED: /Comment is invalid. must be string'],
  ['a part of a second', { TimeoutSeconds: 100_000.5 }, '/TimeoutSeconds is invalid. must be integer'],
  ['a time limit that is a text', { TimeoutSeconds: '100000' }, 'The ASL has no TimeoutSeconds of its own: '],
  ['a placeholder', { Comment: 'of {{Nothing}}' }, 'The ASL has placeholders that nothing fills: Nothing. Known: '],
])('given %s that the language or the stack refuses, then the file is named with the reason', (_, more, reason) => {
  const [problem, ...others] = problemsOf(more);

  expect(problem?.startsWith(`${sagaFileName}: `)).toBe(true);
  expect([problem, others]).toEqual([expect.stringContaining(reason), []]);
});
