import { StackError } from '../stack/stack-error.ts';
import type { Context } from '../types.ts';
import { arnGlob, glob, type Matcher, refuseVariable } from './pattern.ts';

/** Facts with lower-case keys and lists only, as `Condition` reads them. */
export type Facts = Pick<ReadonlyMap<string, readonly string[]>, 'get'>;

export type Condition = (facts: Facts) => boolean;

/** Condition keys that requests of a kind carry here, sometimes or always. */
export type SuppliedKeys = readonly string[];

const OPERATORS: Readonly<Record<string, (wanted: string) => Matcher>> = {
  StringEquals: (wanted) => (value) => value === wanted,
  StringEqualsIgnoreCase: (wanted) => (value) => value.toLowerCase() === wanted.toLowerCase(),
  StringLike: (wanted) => glob(wanted),
  ArnEquals: arnGlob,
  ArnLike: arnGlob,
  Bool: (wanted) => (value) => value.toLowerCase() === wanted.toLowerCase(),
};
const NEGATED: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
};

export const conditionOperators: readonly string[] = [...Object.keys(OPERATORS), ...Object.keys(NEGATED), 'Null'];

export function factsOf(context: Context): Facts {
  return new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), [value].flat()]));
}

/** The facts with others added. */
export function withFacts(facts: Facts, context: Context | undefined): Facts {
  if (context === undefined) return facts;
  const own = factsOf(context);
  return { get: (key) => own.get(key) ?? facts.get(key) };
}

/**
 * A statement's `Condition` block: every operator and every key in it has to hold, one of a key's values is enough.
 * Throws StackError on an operator that is not evaluated here, since a condition that is skipped would be a hole, and on a
 * key that no request here carries, since its condition would never hold, or hold always, whatever AWS makes of it.
 */
export function compileCondition(block: unknown, place: string, supplied: SuppliedKeys): Condition {
  const tests: Condition[] = [];
  for (const [operator, keys] of Object.entries((block ?? {}) as Record<string, Record<string, unknown>>)) {
    for (const [key, values] of Object.entries(keys)) {
      if (!supplied.some((each) => each.toLowerCase() === key.toLowerCase())) {
        const known = supplied.join(', ');
        throw new StackError(`condition key ${key} is not supplied by the local cloud here; supplied are ${known}`, {
          place: `${place}.Condition`,
        });
      }
      const wanted = [values].flat().map(String);
      for (const each of wanted) refuseVariable(each, `${place}.Condition.${operator}.${key}`);
      tests.push(compileTest(operator, key.toLowerCase(), wanted, `${place}.Condition`));
    }
  }
  return (facts) => tests.every((test) => test(facts));
}

function compileTest(operator: string, key: string, wanted: readonly string[], place: string): Condition {
  const [, quantifier, name = '', ifExists] = /^(ForAllValues:|ForAnyValue:)?(.*?)(IfExists)?$/.exec(operator) ?? [];
  if (name === 'Null' && !quantifier && !ifExists) {
    const absent = wanted.includes('true');
    return (facts) => (facts.get(key)?.length ?? 0) > 0 !== absent;
  }
  const negated = NEGATED[name] !== undefined;
  const operation = OPERATORS[NEGATED[name] ?? name];
  if (!operation) {
    const known = conditionOperators.join(', ');
    throw new StackError(`condition operator ${operator} is not evaluated by the local cloud; known are ${known}`, {
      place,
    });
  }
  const matchers = wanted.map(operation);
  const holds = (value: string) => matchers.some((matches) => matches(value)) !== negated;
  // A key that the request lacks: IAM lets ForAllValues, …IfExists and the negated operators hold, and no other.
  const whenAbsent = quantifier === 'ForAllValues:' || ifExists !== undefined || (negated && quantifier === undefined);
  return (facts) => {
    const values = facts.get(key);
    if (values === undefined || values.length === 0) return whenAbsent;
    return quantifier === 'ForAllValues:' || (negated && !quantifier) ? values.every(holds) : values.some(holds);
  };
}
