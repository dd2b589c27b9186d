/** `npm run lint:asl`: the legs' own rules, then the language's, then the saga's. */
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { allLegs } from '#functions/legs.ts';
import { readSaga, sagaFile, sagaFileName } from '../statemachine/tools/asl.ts';
import { lintSaga } from '../statemachine/tools/lint.ts';
import { lintLegs } from '../statemachine/tools/lint-legs.ts';
import type { SagaFunctionDefinition } from './functions/definition.ts';
import { pascalCase } from './functions/names.ts';
import { projectRoot } from './paths.ts';
import { renderAsl } from './render-asl.ts';
import { sagaFunctions } from './saga-functions.ts';

/** CommonJS without types. */
const validate = createRequire(import.meta.url)('asl-validator') as (definition: unknown) => {
  readonly isValid: boolean;
  readonly errorsText: () => string;
};

const functions: readonly SagaFunctionDefinition[] = sagaFunctions;
const functionTimeouts = new Map(functions.map((fn) => [pascalCase(fn.name), fn.timeoutSeconds]));
/** What the stack would fill in. */
const values: Readonly<Record<string, string>> = {
  TableName: 'table',
  DeadLetterQueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/dead-letters',
  ...Object.fromEntries(
    [...functionTimeouts.keys()].map((name) => [
      `${name}FunctionArn`,
      `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
    ]),
  ),
};

function lintDefinition(): string[] {
  const { isValid, errorsText } = validate(JSON.parse(renderAsl(readFileSync(sagaFile, 'utf8'), values).definition));
  const problems = lintSaga(readSaga(), (state) => functionTimeouts.get(state));
  return (isValid ? problems : [errorsText(), ...problems]).map((problem) => `${sagaFileName}: ${problem}`);
}

const legProblems = lintLegs({
  machine: readSaga(),
  legs: allLegs,
  files: await Promise.all(
    globSync('functions/*/leg.ts', { cwd: projectRoot }).map(async (file) => ({
      folder: basename(dirname(file)),
      exports: await import(pathToFileURL(join(projectRoot, file)).href),
    })),
  ),
  ownFunctions: functions.filter(({ legStep }) => legStep === undefined).map(({ name }) => pascalCase(name)),
  placeholders: new Set(Object.keys(values)),
});
// The saga's rules follow the paths from state to state: they need the legs' states to be there.
const problems = legProblems.length > 0 ? legProblems : lintDefinition();
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else console.log(`${sagaFileName} keeps the language and the rules of the saga, and has every leg`);
