/**
 * EventBridge's content filtering, which SNS filter policies and event-source-mapping filters use as well.
 * Rules: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
import { isObject } from '../values.ts';
import { compileOperator, type Matcher, type Scalar } from './operators.ts';

export type Matches = (event: unknown) => boolean;

/** Says where in a pattern something is wrong, since a pattern that AWS would refuse must not load here. */
export class InvalidPatternError extends Error {
  override readonly name = 'InvalidPatternError';
}

/**
 * @throws InvalidPatternError for an unknown operator, an empty list or object, or a field that is neither list nor object.
 * @example compilePattern({ source: ['aws.states'], detail: { status: [{ 'anything-but': 'RUNNING' }] } })(event)
 */
export function compilePattern(pattern: unknown, what = 'event pattern'): Matches {
  const parsed = typeof pattern === 'string' ? parse(pattern, what) : pattern;
  if (!isObject(parsed)) throw new InvalidPatternError(`${what}: must be a JSON object, got ${JSON.stringify(parsed)}`);
  const matches = compileObject(parsed, what);
  return (event) => matches(withoutDots(event));
}

function compileObject(pattern: Record<string, unknown>, path: string): Matches {
  const parts = Object.entries(pattern).map(([key, rule]): Matches => {
    const here = `${path}.${key}`;
    if (key === '$or') return compileOr(rule, here);
    const dot = key.indexOf('.');
    if (dot >= 0) return compileNested(key.slice(0, dot), { [key.slice(dot + 1)]: rule }, here);
    if (Array.isArray(rule)) return compileLeaf(key, rule, here);
    if (isObject(rule)) return compileNested(key, rule, here);
    throw new InvalidPatternError(`${here}: must be a list or an object, got ${JSON.stringify(rule)}`);
  });
  if (parts.length === 0) throw new InvalidPatternError(`${path}: an empty object is not allowed`);
  return (event) => parts.every((matches) => matches(event));
}

function compileOr(alternatives: unknown, path: string): Matches {
  if (!Array.isArray(alternatives) || alternatives.length < 2 || !alternatives.every(isObject)) {
    throw new InvalidPatternError(`${path}: must be a list of at least two objects`);
  }
  const parts = alternatives.map((one, index) => compileObject(one, `${path}[${index}]`));
  return (event) => parts.some((matches) => matches(event));
}

function compileNested(key: string, pattern: Record<string, unknown>, path: string): Matches {
  const matches = compileObject(pattern, path);
  return (event) => {
    const found = fieldsAt(event, key);
    if (found.length === 0) return matches(undefined);
    return found.some((value) => (Array.isArray(value) ? value.some(matches) : matches(value)));
  };
}

function compileLeaf(key: string, rules: readonly unknown[], path: string): Matches {
  if (rules.length === 0) throw new InvalidPatternError(`${path}: an empty list is not allowed`);
  const matchers: Matcher[] = rules.map((rule, index) => {
    const problem = (message: string) => new InvalidPatternError(`${path}[${index}]: ${message}`);
    return compileOperator(rule, problem);
  });
  return (event) => {
    const values = scalars(fieldsAt(event, key));
    if (values.length === 0) return matchers.some((matcher) => matcher.absent);
    return values.some((value) => matchers.some((matcher) => matcher.test(value)));
  };
}

/** A list matches when one of its elements does; objects are no leaves, so they count as absent. */
function scalars(value: unknown): Scalar[] {
  if (Array.isArray(value)) return value.flatMap(scalars);
  return value === undefined || isObject(value) ? [] : [value as Scalar];
}

/** The values at a key; none where there is no such field. */
function fieldsAt(event: unknown, key: string): unknown[] {
  if (Array.isArray(event)) return event.flatMap((element) => fieldsAt(element, key));
  return isObject(event) && Object.hasOwn(event, key) ? [event[key]] : [];
}

/** AWS joins the keys of events and patterns by dots before it compares them, so that a key with dots is a path. */
function withoutDots(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDots);
  if (!isObject(value)) return value;
  const result: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    const dot = key.indexOf('.');
    const head = dot < 0 ? key : key.slice(0, dot);
    const own = withoutDots(dot < 0 ? inner : { [key.slice(dot + 1)]: inner });
    result[head] = Object.hasOwn(result, head) ? [result[head], own].flat() : own;
  }
  return result;
}

function parse(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidPatternError(`${what}: is not JSON: ${text}`, { cause });
  }
}
