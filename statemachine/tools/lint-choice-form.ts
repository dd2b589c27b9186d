import { isDeepStrictEqual } from 'node:util';
import { plain } from './asl.ts';

type Value = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Value =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isPath = (value: unknown): boolean => typeof value === 'string' && /^\$?\$(\.\w+)+$/.test(value);
const isBoolean = (value: unknown): boolean => typeof value === 'boolean';

const aPath = 'a path as $.trip_id or $$.Execution.Name';
/** The comparisons that `holds` of choice.ts can decide. It throws for all others. */
const comparisons: Readonly<Record<string, readonly [is: (value: unknown) => boolean, what: string]>> = {
  IsPresent: [isBoolean, 'true or false'],
  IsString: [isBoolean, 'true or false'],
  StringEquals: [isText, 'a text'],
  StringEqualsPath: [isPath, aPath],
  BooleanEquals: [isBoolean, 'true or false'],
};
const known = `And, Or, Not, or Variable with one of ${Object.keys(comparisons).join(', ')}`;
const ofRule = ['Next', 'Comment'];
const ofTests = ['And', 'Or', 'Not', 'Variable', ...Object.keys(comparisons)];

/** Checks the form of a Choice's tests, not what they mean. @returns one sentence a violation, without the state */
export function lintChoiceForm(rules: readonly Value[]): string[] {
  const plainRules = rules.map(plain);
  return rules.flatMap((rule, index) => {
    const same = plainRules.findIndex((other) => isDeepStrictEqual(other, plainRules[index]));
    const at = `choice ${index + 1}`;
    if (same < index) return [`${at} is the same as choice ${same + 1}: one of them should be left out`];
    return ruleProblems(rule).map((problem) => `${at} has ${problem}`);
  });
}

function ruleProblems(rule: Value): string[] {
  const test = Object.fromEntries(Object.entries(rule).filter(([field]) => !ofRule.includes(field)));
  const further = Object.keys(test).filter((field) => !ofTests.includes(field));
  // Where no field is known, one of them is meant as the test: `testProblems` reports it.
  if (further.length > 0 && further.length < Object.keys(test).length) {
    return [`${further.join(', ')}: it should have a test, Next and a Comment alone`];
  }
  return testProblems(test);
}

function testProblems(test: unknown): string[] {
  const problem = (rule: string): string[] => [`the test ${JSON.stringify(test)}: ${rule}`];
  if (!isObject(test)) return problem(`it should be ${known}`);
  const fields = Object.keys(test).filter((field) => field !== 'Comment');
  const [field = ''] = fields;
  if (fields.length === 1 && field === 'Not') return testProblems(test.Not);
  if (fields.length === 1 && (field === 'And' || field === 'Or')) return listProblems(field, test[field], problem);
  const [operator = ''] = fields.filter((name) => name !== 'Variable');
  const comparison = Object.hasOwn(comparisons, operator) ? comparisons[operator] : undefined;
  if (fields.length !== 2 || comparison === undefined || !fields.includes('Variable')) {
    return problem(`it should be ${known}`);
  }
  if (!isPath(test.Variable)) return problem(`Variable should be ${aPath}`);
  const [is, what] = comparison;
  return is(test[operator]) ? [] : problem(`${operator} should be ${what}`);
}

function listProblems(field: string, tests: unknown, problem: (rule: string) => string[]): string[] {
  if (!Array.isArray(tests) || tests.length === 0) return problem(`${field} should be a list of tests`);
  const all = tests.map(plain);
  const repeated = all.find((test, index) => all.slice(0, index).some((other) => isDeepStrictEqual(other, test)));
  if (repeated !== undefined) return [`${JSON.stringify(repeated)} twice in its ${field}`];
  return tests.flatMap(testProblems);
}
