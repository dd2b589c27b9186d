import { createRequire } from 'node:module';
import type { LegRecord } from '#functions/trip/define-leg.ts';
import { type StateMachine, sagaFileName } from '../statemachine/tools/asl.ts';
import { lintSaga } from '../statemachine/tools/lint.ts';
import { lintForm } from '../statemachine/tools/lint-form.ts';
import { lintLegs } from '../statemachine/tools/lint-legs.ts';
import type { LegFile } from '../statemachine/tools/lint-records.ts';
import { physicalName, stageNames } from './config.ts';
import type { SagaFunctionDefinition } from './functions/definition.ts';
import { pascalCase } from './functions/names.ts';
import { renderAsl } from './render-asl.ts';

/** CommonJS without types. */
const validate = createRequire(import.meta.url)('asl-validator') as (definition: unknown) => {
  readonly isValid: boolean;
  readonly errorsText: () => string;
};

export interface AslLintInput {
  /** The form of the states and the legs' own rules; everything by default. */
  readonly only?: 'legs' | undefined;
  readonly machine: StateMachine;
  readonly legs: readonly LegRecord[];
  readonly files: readonly LegFile[];
  readonly functions: readonly SagaFunctionDefinition[];
}

/**
 * The form of the states, the legs' own rules, then the language's and the saga's: each relies on those before it.
 * @returns one sentence a violation
 */
export function aslProblems({ only, machine, legs, files, functions }: AslLintInput): string[] {
  const timeouts = new Map(functions.map((fn) => [pascalCase(fn.name), fn.timeoutSeconds]));
  /** What the stack would fill in. */
  const values: Readonly<Record<string, string>> = {
    TableName: 'table',
    DeadLetterQueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/dead-letters',
    ...Object.fromEntries(
      [...timeouts.keys()].map((name) => [
        `${name}FunctionArn`,
        `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
      ]),
    ),
  };
  const ofFile = (problems: readonly string[]) => problems.map((problem) => `${sagaFileName}: ${problem}`);
  const unnamable = nameProblems(functions);
  if (unnamable.length > 0) return unnamable;
  const form = lintForm(machine);
  if (form.length > 0) return ofFile(form);
  const ofLegs = lintLegs({
    machine,
    legs,
    files,
    ownFunctions: functions.filter(({ legStep }) => legStep === undefined).map(({ name }) => pascalCase(name)),
    placeholders: new Set(Object.keys(values)),
  });
  if (ofLegs.length > 0 || only === 'legs') return ofLegs;
  const ofSaga = lintSaga(machine, (state) => timeouts.get(state));
  if (ofSaga.length > 0) return ofFile(ofSaga);
  return ofFile(languageProblems(machine, values));
}

/** Of functions and of their roles: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const longestName = 64;

/** Of the legs, since the names of their functions come from their states: a plan does not notice, only AWS itself does. */
function nameProblems(functions: readonly SagaFunctionDefinition[]): string[] {
  return functions.flatMap(({ name, legStep }) => {
    const [longest = ''] = stageNames.map((stage) => physicalName({ stage }, name)).sort((a, b) => b.length - a.length);
    if (legStep === undefined || longest.length <= longestName) return [];
    return [
      `functions/${legStep.leg}/leg.ts: has the state ${pascalCase(name)}, whose function would be called ${longest}: that has ${longest.length} characters, and AWS takes ${longestName}`,
    ];
  });
}

function languageProblems(machine: StateMachine, values: Readonly<Record<string, string>>): string[] {
  try {
    const { isValid, errorsText } = validate(JSON.parse(renderAsl(JSON.stringify(machine), values).definition));
    return isValid ? [] : [errorsText()];
  } catch (error) {
    // A placeholder without a value: the message names it.
    return [(error as Error).message];
  }
}
