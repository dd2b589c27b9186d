import { StackError } from '../stack/stack-error.ts';

export type Matcher = (value: string) => boolean;

const ARN_PARTS = 6;

/** @throws StackError for a policy variable: comparing its letters would judge otherwise than AWS, which fills it in */
export function refuseVariable(text: string, place: string): void {
  if (!text.includes('$' + '{')) return;
  throw new StackError(`policy variable in "${text}" is not evaluated here; write its value`, { place });
}

/** A pattern with `*` (any text) and `?` (any one character) over the whole value. */
export function glob(pattern: string, { ignoreCase = false } = {}): Matcher {
  if (pattern === '*') return () => true;
  if (!/[*?]/.test(pattern)) {
    const wanted = ignoreCase ? pattern.toLowerCase() : pattern;
    return (value) => (ignoreCase ? value.toLowerCase() : value) === wanted;
  }
  const source = pattern.replace(/[\\^$.*+?()[\]{}|]/g, (character) =>
    character === '*' ? '.*' : character === '?' ? '.' : `\\${character}`,
  );
  const expression = new RegExp(`^${source}$`, ignoreCase ? 'is' : 's');
  return (value) => expression.test(value);
}

/**
 * A pattern for ARNs: wildcards stay within one of the six parts between colons, and parts missing at the end are `*`.
 * Source: IAM user guide, "Resource" element and ArnLike. `*` alone matches everything, also a request without a resource.
 */
export function arnGlob(pattern: string): Matcher {
  if (pattern === '*') return () => true;
  if (!/[*?]/.test(pattern) && pattern.split(':').length >= ARN_PARTS) return (value) => value === pattern;
  const parts = splitArn(pattern).map((part) => glob(part));
  return (value) => {
    const actual = splitArn(value);
    return (
      actual[0] === 'arn' &&
      actual.length === ARN_PARTS &&
      parts.every((matches, index) => matches(actual[index] ?? ''))
    );
  };
}

/** At most six parts; the last one keeps its colons. */
function splitArn(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length <= ARN_PARTS ? parts : [...parts.slice(0, ARN_PARTS - 1), parts.slice(ARN_PARTS - 1).join(':')];
}

export function anyOf(matchers: readonly Matcher[]): Matcher {
  const [only] = matchers;
  if (only && matchers.length === 1) return only;
  return (value) => matchers.some((matches) => matches(value));
}
