/** `npm run lint:asl`: the language's own rules, then the saga's. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readSaga, sagaFile } from '../statemachine/tools/asl.ts';
import { lintSaga } from '../statemachine/tools/lint.ts';
import { pascalCase } from './functions/names.ts';
import { renderAsl } from './render-asl.ts';
import { sagaFunctions } from './saga-functions.ts';

/** CommonJS without types. */
const validate = createRequire(import.meta.url)('asl-validator') as (definition: unknown) => {
  readonly isValid: boolean;
  readonly errorsText: () => string;
};

const template = readFileSync(sagaFile, 'utf8');
const functionTimeouts = new Map(sagaFunctions.map((fn) => [pascalCase(fn.name), fn.timeoutSeconds]));
const placeholders = [...template.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '');
const sample = (name: string): string =>
  name.endsWith('Arn') ? `arn:aws:lambda:us-east-1:000000000000:function:${name}` : name;
const values = Object.fromEntries(placeholders.map((name) => [name, sample(name)]));

const { isValid, errorsText } = validate(JSON.parse(renderAsl(template, values).definition));
const problems = lintSaga(readSaga(), (state) => functionTimeouts.get(state));
if (!isValid) problems.unshift(errorsText());
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else console.log('booking-saga.asl.json keeps the language and the rules of the saga');
