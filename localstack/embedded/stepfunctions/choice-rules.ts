import { UnsupportedDefinitionError } from './errors.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { parsePath } from './reference-path.ts';

const TYPE_TESTS = ['IsPresent', 'IsNull', 'IsString', 'IsNumeric', 'IsBoolean', 'IsTimestamp'];
const COMPARISON =
  /^(String|Numeric|Boolean|Timestamp)(Equals|LessThan|GreaterThan|LessThanEquals|GreaterThanEquals)(Path)?$/;
const TYPE_TEST_OF = { String: 'IsString', Numeric: 'IsNumeric', Boolean: 'IsBoolean', Timestamp: 'IsTimestamp' };

/**
 * A Choice rule as the library needs it to decide as AWS does: it takes `IsX: false` for never true, compares across types,
 * and overwrites `$$.Execution.StartTime`.
 */
export function libraryRule(rule: JsonObject, where: string): JsonObject {
  const { Next, Comment: _, ...test } = rule;
  return { ...libraryTest(test, where), ...(Next === undefined ? {} : { Next }) };
}

function libraryTest(test: JsonObject, where: string): JsonObject {
  for (const operator of ['And', 'Or'] as const) {
    const rules = test[operator];
    if (Array.isArray(rules)) return { [operator]: rules.map((each) => libraryRule(each as JsonObject, where)) };
  }
  if (isObject(test.Not)) return { Not: libraryRule(test.Not, where) };
  const { Variable, ...comparison } = test;
  const [operator, operand] = Object.entries(comparison)[0] ?? ['', null];
  if (typeof Variable !== 'string' || Object.keys(comparison).length !== 1) {
    throw new UnsupportedDefinitionError(
      where,
      `the Choice rule ${JSON.stringify(test)}`,
      'Give it a Variable and one test.',
    );
  }
  const variable = libraryPath(Variable, where);
  if (TYPE_TESTS.includes(operator)) {
    const positive = { Variable: variable, [operator]: true };
    return operand === false ? { Not: positive } : positive;
  }
  if (operator === 'StringMatches') return guarded(variable, 'IsString', { StringMatches: pattern(operand, where) });
  const match = COMPARISON.exec(operator);
  if (match === null)
    throw new UnsupportedDefinitionError(where, `the Choice operator '${operator}'`, 'Check its spelling.');
  const value = match[3] === undefined ? operand : libraryPath(String(operand), where);
  return guarded(variable, TYPE_TEST_OF[match[1] as keyof typeof TYPE_TEST_OF], { [operator]: value as Json });
}

/** A value of another type does not match, on AWS; JavaScript would convert it. */
function guarded(variable: string, typeTest: string, comparison: JsonObject): JsonObject {
  return {
    And: [
      { Variable: variable, [typeTest]: true },
      { Variable: variable, ...comparison },
    ],
  };
}

function libraryPath(path: string, where: string): string {
  const { keys } = parsePath(path);
  if (keys.length === 0) {
    throw new UnsupportedDefinitionError(where, `the Choice variable '${path}'`, 'Compare a field, such as $.status.');
  }
  return path === '$$.Execution.StartTime' ? '$$.StartTime' : path;
}

function pattern(value: Json | undefined, where: string): string {
  if (typeof value !== 'string' || /[?[\]{}()!+@\\]/.test(value)) {
    throw new UnsupportedDefinitionError(where, `StringMatches ${JSON.stringify(value)}`, 'Only * is a wildcard here.');
  }
  return value;
}
