/**
 * What an element of a statement matches: one pattern, or, of NotAction and NotResource, all but some patterns.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
 */
export type Scope =
  | { readonly kind: 'one'; readonly pattern: string }
  | { readonly kind: 'allBut'; readonly patterns: readonly string[] };

/** Whether the first matches each text that the second matches. */
export function scopeCovers(wide: Scope, narrow: Scope): boolean {
  if (wide.kind === 'one') return contains(wide.pattern, narrow.kind === 'one' ? narrow.pattern : '*');
  if (narrow.kind === 'one') return wide.patterns.every((pattern) => areDisjoint(pattern, narrow.pattern));
  return wide.patterns.every((left) => narrow.patterns.some((pattern) => contains(pattern, left)));
}

/** For what is compared without its case, as the names of actions are. */
export const inSmallLetters = (scope: Scope): Scope =>
  scope.kind === 'one'
    ? { kind: 'one', pattern: scope.pattern.toLowerCase() }
    : { kind: 'allBut', patterns: scope.patterns.map((pattern) => pattern.toLowerCase()) };

/** For people: `s3:Get*`, `all but s3:Get*, s3:Put*`. */
export const scopeText = (scope: Scope): string =>
  scope.kind === 'one' ? scope.pattern : `all but ${scope.patterns.join(', ')}`;

/** Whether each text that the second pattern matches is matched by the first one: `*` any text, `?` one character. */
export function contains(wide: string, narrow: string): boolean {
  return decided(narrow.length + 1, (i, j, decide) => {
    if (i === wide.length) return j === narrow.length;
    if (wide[i] === '*') return decide(i + 1, j) || (j < narrow.length && decide(i, j + 1));
    if (j === narrow.length || narrow[j] === '*') return false;
    return (wide[i] === '?' || wide[i] === narrow[j]) && decide(i + 1, j + 1);
  });
}

/** Whether no text is matched by both. */
export function areDisjoint(one: string, other: string): boolean {
  return !decided(other.length + 1, (i, j, decide) => {
    if (i === one.length && j === other.length) return true;
    if (one[i] === '*') return decide(i + 1, j) || (j < other.length && decide(i, j + 1));
    if (other[j] === '*') return decide(i, j + 1) || (i < one.length && decide(i + 1, j));
    if (i === one.length || j === other.length) return false;
    return (one[i] === '?' || other[j] === '?' || one[i] === other[j]) && decide(i + 1, j + 1);
  });
}

type Decide = (i: number, j: number) => boolean;

/** A question about two texts from their beginnings, each pair of places decided once. @param columns places of the second */
function decided(columns: number, decideAt: (i: number, j: number, decide: Decide) => boolean): boolean {
  const seen = new Map<number, boolean>();
  const decide: Decide = (i, j) => {
    const place = i * columns + j;
    const known = seen.get(place);
    if (known !== undefined) return known;
    const result = decideAt(i, j, decide);
    seen.set(place, result);
    return result;
  };
  return decide(0, 0);
}
