/** `npm run lint:asl`: whether the state machine keeps the language and the saga's rules, and has every leg. */
import { globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { allLegs } from '#functions/legs.ts';
import { readSaga, sagaFileName } from '../statemachine/tools/asl.ts';
import { aslProblems } from './asl-problems.ts';
import { runCommand } from './operations/run-command.ts';
import { projectRoot } from './paths.ts';
import { sagaFunctions } from './saga-functions.ts';

const usage = `npm run lint:asl -- [options]    whether the state machine keeps the language and the rules of the saga, and has every leg

  --legs   only whether it has every leg
  --help   this text`;

await runCommand('lint:asl', usage, { options: { legs: { type: 'boolean', default: false } } }, async ({ values }) => {
  const problems = aslProblems({
    only: values.legs ? 'legs' : undefined,
    machine: readSaga(),
    legs: allLegs,
    files: await Promise.all(
      globSync('functions/*/leg.ts', { cwd: projectRoot }).map(async (file) => ({
        folder: basename(dirname(file)),
        exports: await import(pathToFileURL(join(projectRoot, file)).href),
      })),
    ),
    functions: sagaFunctions,
  });
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else
    console.log(
      `${sagaFileName} ${values.legs ? 'has every leg' : 'keeps the language and the rules of the saga, and has every leg'}`,
    );
});
