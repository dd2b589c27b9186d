/** `npm run lint:tests`: whether what the tests spell by hand or have recorded knows every leg. */
import { readFileSync } from 'node:fs';
import { allLegs } from '#functions/legs.ts';
import { runTypes } from '#functions/trip/run-types.ts';
import { lintPaths } from './lint-paths.ts';
import { forwardPath, layersAfterFailureOf } from './saga-paths.ts';

const recorded = JSON.parse(readFileSync(new URL('../e2e/end-states.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, unknown>
>;
const problems = [
  ...lintPaths(allLegs, forwardPath, layersAfterFailureOf),
  ...runTypes
    .filter((runType) => recorded[runType] === undefined)
    .map(
      (runType) =>
        `test/e2e/end-states.json: has no end state of run type ${runType}: UPDATE_END_STATES=1 npm run test:e2e -- end-states records it`,
    ),
];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else console.log('The path that the tests spell and the recorded end states have every leg');
