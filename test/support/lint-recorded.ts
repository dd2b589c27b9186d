/** `npm run lint:tests`: whether what the tests spell by hand or have recorded fits the legs, and the mutants' score the sources. */
import { readFileSync } from 'node:fs';
import { allLegs } from '#functions/legs.ts';
import { failingStateByRunType } from '#functions/trip/run-types.ts';
import { runCommand } from '#infra/operations/run-command.ts';
import { previousRelease } from '#test/contract/release/release.ts';
import { lintScore } from '#test/mutation/lint-score.ts';
import { readScore } from '#test/mutation/score.ts';
import { endStatesFile, lintEndStates, type RecordedEnds } from './lint-end-states.ts';
import { lintIds } from './lint-ids.ts';
import { lintPaths } from './lint-paths.ts';
import { forwardPath, layersAfterFailureOf } from './saga-paths.ts';

const usage = `npm run lint:tests    whether what the tests spell by hand or have recorded fits the legs, and the mutants' score the sources

  --help   this text`;

await runCommand('lint:tests', usage, {}, () => {
  const recorded = JSON.parse(readFileSync(endStatesFile, 'utf8')) as RecordedEnds;
  const ofPaths = lintPaths(allLegs, forwardPath, layersAfterFailureOf);
  // They are compared with the paths, so they say nothing while those are wrong.
  const ofLegs = ofPaths.length > 0 ? ofPaths : inOneLine(lintEndStates(recorded, failingStateByRunType));
  const problems = [...ofLegs, ...lintIds(allLegs, previousRelease()), ...lintScore(readScore())];
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else
    console.log(
      'The path that the tests spell and the recorded end states have every leg, the ids are those of the release before, and the mutants’ score is of these sources',
    );
});

/** One command records all of them, so one is enough to name: of a new leg, the run type that is new with it. */
function inOneLine(problems: readonly string[]): readonly string[] {
  const shown = problems.find((problem) => problem.includes('has no end state')) ?? problems[0];
  if (shown === undefined) return [];
  return [problems.length === 1 ? shown : `${shown} (and ${problems.length - 1} more)`];
}
