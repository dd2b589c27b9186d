import { allLegs } from '#functions/legs.ts';
import { aslProblems } from '#infra/asl-problems.ts';
import { sagaFunctions } from '#infra/saga-functions.ts';
import { readSaga, type StateMachine } from '../../statemachine/tools/asl.ts';
import { machineGuards } from './machine-guards.ts';

/** What the lint says of the source of the machine without this guard; the rendered one has other texts in its place. */
export function lintOf(name: string): string[] {
  const guard = machineGuards(readSaga()).find((one) => one.name === name);
  if (guard?.without.of !== 'machine') return [];
  return aslProblems({
    machine: guard.without.definition() as StateMachine,
    legs: allLegs,
    files: allLegs.map((leg) => ({ folder: leg.name, exports: { [leg.name]: leg } })),
    functions: sagaFunctions,
  });
}
