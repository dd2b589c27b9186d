import { isList, isObject, type Json } from '../json.ts';
import { contains } from './patterns.ts';

/**
 * One test of a Condition block. All tests of a block have to hold.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export interface ConditionTest {
  /** `StringLike`, `ForAnyValue:StringEquals` */
  readonly operator: string;
  /** In small letters: IAM does not look at the case of keys. */
  readonly key: string;
  /** Sorted, each once. */
  readonly values: readonly string[];
}

/** Tests of a Condition block, sorted; undefined where it has no such form. */
export function testsOf(condition: Json | undefined): ConditionTest[] | undefined {
  if (condition === undefined || condition === null) return [];
  if (!isObject(condition)) return undefined;
  const tests: ConditionTest[] = [];
  for (const [operator, keys] of Object.entries(condition)) {
    if (!isObject(keys)) return undefined;
    for (const [key, value] of Object.entries(keys)) {
      const values = (isList(value) ? value : [value ?? null]).map(String);
      tests.push({ operator, key: key.toLowerCase(), values: [...new Set(values)].sort() });
    }
  }
  return tests.sort((a, b) => (`${a.operator} ${a.key}` < `${b.operator} ${b.key}` ? -1 : 1));
}

/** Whether the first tests hold wherever the second ones do. A doubt counts as no. */
export const testsCover = (wide: readonly ConditionTest[], narrow: readonly ConditionTest[]): boolean =>
  wide.every((test) => narrow.some((other) => follows(test, other)));

function follows(test: ConditionTest, from: ConditionTest): boolean {
  const { operator, key, values } = test;
  if (operator !== from.operator || key !== from.key) return false;
  // One of the values has to fit; of a negated operator none may.
  if (/Not/.test(operator)) return values.every((value) => from.values.includes(value));
  const hasWildcards = /(Like|Arn)/.test(operator);
  return from.values.every((value) => values.some((wide) => wide === value || (hasWildcards && contains(wide, value))));
}

/** For people: `StringEquals aws:sourceaccount 1 or 2`. */
export const testText = ({ operator, key, values }: ConditionTest): string =>
  `${operator} ${key} ${values.join(' or ')}`;
