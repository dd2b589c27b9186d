import { expect, it } from '@jest/globals';
import { allLegs } from '#functions/legs.ts';
import { aslProblems } from '#infra/asl-problems.ts';
import type { SagaFunctionDefinition } from '#infra/functions/definition.ts';
import { sagaFunctions } from '#infra/saga-functions.ts';
import { readSaga } from '../../../statemachine/tools/asl.ts';

/** Of the saga where one function of a leg has this name. */
const problemsOf = (name: string): string[] => {
  const [leg] = allLegs;
  const functions: readonly SagaFunctionDefinition[] = sagaFunctions;
  const changed = functions.map((each) =>
    each.legStep?.leg === leg?.name && each.legStep?.verb === 'cancel' ? { ...each, name } : each,
  );
  const files = allLegs.map((each) => ({ folder: each.name, exports: { [each.name]: each } }));
  return aslProblems({ machine: readSaga(), legs: allLegs, files, functions: changed });
};

it('says of a state whose function AWS would not make, for its name, what is too long', () => {
  const tooLong = `booking-saga-local-cancel-${'x'.repeat(39)}`;
  expect(problemsOf(tooLong.replace('booking-saga-local-', ''))).toEqual([
    `functions/${allLegs[0]?.name}/leg.ts: has the state Cancel${'X'}${'x'.repeat(38)}, whose function would be called ${tooLong}: that has 65 characters, and AWS takes 64`,
  ]);
});

it('says nothing of the longest name that AWS takes', () => {
  expect(problemsOf(`cancel-${'x'.repeat(38)}`).join()).not.toContain('AWS takes');
});
