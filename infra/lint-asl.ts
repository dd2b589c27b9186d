/** `npm run lint:asl`: whether the state machine keeps the language and the saga's rules, and has every leg. */
import { readSaga, sagaFileName } from '../statemachine/tools/asl.ts';
import { type LegFiles, loadProblem, readLegFiles } from './leg-files.ts';
import { runCommand } from './operations/run-command.ts';

const usage = `npm run lint:asl -- [options]    whether the state machine keeps the language and the rules of the saga, and has every leg

  --legs   only whether it has every leg
  --help   this text`;

await runCommand('lint:asl', usage, { options: { legs: { type: 'boolean', default: false } } }, async ({ values }) => {
  const only = values.legs ? 'legs' : undefined;
  const problems = await problemsOf(await readLegFiles(), only);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else
    console.log(
      `${sagaFileName} ${values.legs ? 'has every leg' : 'keeps the language and the rules of the saga, and has every leg'}`,
    );
});

/** Loads what derives from the list only where each leg's own file is right: elsewhere its fault has no name. */
async function problemsOf({ files, problems }: LegFiles, only: 'legs' | undefined): Promise<readonly string[]> {
  if (problems.length > 0) return problems;
  try {
    await import('#functions/legs.ts');
  } catch (error) {
    return [loadProblem('functions/legs.ts', error)];
  }
  const { allLegs } = await import('#functions/legs.ts');
  const { aslProblems } = await import('./asl-problems.ts');
  const { sagaFunctions } = await import('./saga-functions.ts');
  return aslProblems({ only, machine: readSaga(), legs: allLegs, files, functions: sagaFunctions });
}
