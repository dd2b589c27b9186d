/** `npm run lint:tests`: whether what the tests spell by hand or have recorded fits the legs. */
import { readFileSync } from 'node:fs';
import { allLegs } from '#functions/legs.ts';
import { failingStateByRunType } from '#functions/trip/run-types.ts';
import { runCommand } from '#infra/operations/run-command.ts';
import { endStatesFile, lintEndStates, type RecordedEnds } from './lint-end-states.ts';
import { lintPaths } from './lint-paths.ts';
import { forwardPath, layersAfterFailureOf } from './saga-paths.ts';

const usage = `npm run lint:tests    whether what the tests spell by hand or have recorded fits the legs

  --help   this text`;

await runCommand('lint:tests', usage, {}, () => {
  const recorded = JSON.parse(readFileSync(endStatesFile, 'utf8')) as RecordedEnds;
  const problems = [
    ...lintPaths(allLegs, forwardPath, layersAfterFailureOf),
    ...lintEndStates(recorded, failingStateByRunType),
  ];
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log('The path that the tests spell and the recorded end states have every leg');
});
