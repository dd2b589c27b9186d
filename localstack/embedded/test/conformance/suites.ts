/** Runs the cases on this package. */
import { isDeepStrictEqual } from 'node:util';
import { compilePattern, InvalidPatternError } from '../../events/pattern.ts';
import { compileChoice } from '../../stepfunctions/choice.ts';
import { createStepFunctions } from '../../stepfunctions/index.ts';
import type { Json, JsonObject } from '../../stepfunctions/json.ts';
import type { Context } from '../../stepfunctions/reference-path.ts';
import { OUTSIDE } from '../../types.ts';
import type { Cases, ChoiceCase, IntrinsicCase, PatternCase, Result } from './cases.ts';

export const SUITES: Readonly<Record<keyof Cases, (cases: Cases) => Promise<readonly Result[]>>> = {
  choices: async ({ choices }) => choices.map(choose),
  intrinsics: ({ intrinsics }) => call(intrinsics),
  patterns: async ({ patterns }) => patterns.map(match),
};

function choose({ operator, variable, operand, value, matches }: ChoiceCase, index: number): Result {
  const name = `${operator}[${index}]: ${JSON.stringify(variable)} with ${JSON.stringify(value)}`;
  const test = compileChoice({ Variable: '$.Variable', [operator]: operand as Json } as JsonObject, name);
  const data = { Variable: variable, Value: value } as JsonObject;
  const said = attempt(() => String(test(data, {} as Context)));
  return { name, difference: said === String(matches) ? undefined : `${said} in the place of ${matches}` };
}

async function call(cases: readonly IntrinsicCase[]): Promise<readonly Result[]> {
  const definitions = [...new Set(cases.map(({ definition }) => JSON.stringify(definition)))];
  const arnOf = (index: number) => `arn:aws:states:us-east-1:000000000000:stateMachine:m${index}`;
  const refused = new Map<number, string>();
  const machines = definitions.map((definition, index) => ({
    name: `m${index}`,
    arn: arnOf(index),
    roleArn: 'arn:aws:iam::000000000000:role/r',
    definition: JSON.parse(definition) as object,
    type: 'STANDARD' as const,
  }));
  const parts = {
    environment: { region: 'us-east-1', accountId: '000000000000' },
    authorize: () => {},
    tasks: async () => ({}),
    onStatusChange: () => {},
  };
  for (const [index, machine] of machines.entries()) {
    const problem = attempt(() => void createStepFunctions({ ...parts, machines: [machine] }).close());
    if (problem !== undefined) refused.set(index, problem);
  }
  const service = createStepFunctions({ ...parts, machines: machines.filter((_, index) => !refused.has(index)) });
  const results: Result[] = [];
  for (const { name, definition, input, output, error } of cases) {
    const index = definitions.indexOf(JSON.stringify(definition));
    const problem = refused.get(index);
    if (problem !== undefined) {
      results.push({ name, difference: problem });
      continue;
    }
    const request = { stateMachineArn: arnOf(index), input: JSON.stringify(input) };
    const { executionArn } = await service.call('StartExecution', request, OUTSIDE);
    await service.idle();
    const ended = await service.call('DescribeExecution', { executionArn }, OUTSIDE);
    const got = ended.output === undefined ? { error: ended.error } : { output: JSON.parse(String(ended.output)) };
    const wanted = error === undefined ? { output } : { error };
    const same = isDeepStrictEqual(got, wanted);
    results.push({
      name,
      difference: same ? undefined : `${JSON.stringify(got)} in the place of ${JSON.stringify(wanted)}`,
    });
  }
  return results;
}

function match({ name, pattern, event, outcome }: PatternCase): Result {
  let said: string;
  try {
    said = compilePattern(pattern)(event) ? 'match' : 'no match';
  } catch (error) {
    said = error instanceof InvalidPatternError ? 'refused' : String(error);
  }
  return { name, difference: said === outcome ? undefined : `${said} in the place of ${outcome}` };
}

/** The value, or the message of what was thrown. */
function attempt<T>(run: () => T): T | string {
  try {
    return run();
  } catch (error) {
    return (error as Error).message;
  }
}
