import { type Permission, permissionsOf } from './statements.ts';

export type Verdict = 'wider' | 'narrower' | 'changed' | 'same' | 'unknown';

export interface PolicyDifference {
  readonly verdict: Verdict;
  /** Permissions that only the policy after has, and that no other of it has covered before. */
  readonly added: readonly Permission[];
  readonly removed: readonly Permission[];
}

/**
 * How a policy changes, permission by permission. `wider`: something is allowed that was not, or no longer denied; `changed`:
 * wider here, narrower there. A side without a policy allows nothing.
 */
export function comparePolicies(before: string | undefined, after: string | undefined): PolicyDifference {
  const old = before === undefined ? [] : permissionsOf(before);
  const fresh = after === undefined ? [] : permissionsOf(after);
  if (old === undefined || fresh === undefined) return { verdict: 'unknown', added: [], removed: [] };
  const added = fresh.filter((permission) => !old.some((other) => covers(other, permission)));
  const removed = old.filter((permission) => !fresh.some((other) => covers(other, permission)));
  const widens = added.some(isAllowing) || removed.some(isDenying);
  const narrows = removed.some(isAllowing) || added.some(isDenying);
  const verdict = widens ? (narrows ? 'changed' : 'wider') : narrows ? 'narrower' : 'same';
  return { verdict, added, removed };
}

const isAllowing = ({ effect }: Permission): boolean => effect === 'Allow';
const isDenying = ({ effect }: Permission): boolean => effect === 'Deny';

/** Whether the first says at least all that the second says. */
export function covers(wide: Permission, narrow: Permission): boolean {
  return (
    wide.effect === narrow.effect &&
    contains(wide.action, narrow.action) &&
    contains(wide.resource, narrow.resource) &&
    coversPrincipal(wide.principal, narrow.principal) &&
    // Without a condition it always holds; else only the same condition is sure to hold.
    (wide.condition === undefined || wide.condition === narrow.condition)
  );
}

function coversPrincipal(wide: string | undefined, narrow: string | undefined): boolean {
  return wide === narrow || wide === '*';
}

/** Whether each text that the second pattern matches is matched by the first one: `*` any text, `?` one character. */
export function contains(wide: string, narrow: string): boolean {
  if (wide === narrow) return true;
  // Where either excludes, only equal texts are comparable.
  if (wide.startsWith('not ') || narrow.startsWith('not ')) return false;
  return matches(wide, 0, narrow, 0, new Map());
}

function matches(wide: string, i: number, narrow: string, j: number, seen: Map<number, boolean>): boolean {
  const place = i * (narrow.length + 1) + j;
  const known = seen.get(place);
  if (known !== undefined) return known;
  const result = matchesHere(wide, i, narrow, j, seen);
  seen.set(place, result);
  return result;
}

function matchesHere(wide: string, i: number, narrow: string, j: number, seen: Map<number, boolean>): boolean {
  if (i === wide.length) return j === narrow.length;
  const [one, other] = [wide[i], narrow[j]];
  if (one === '*') {
    return matches(wide, i + 1, narrow, j, seen) || (j < narrow.length && matches(wide, i, narrow, j + 1, seen));
  }
  if (j === narrow.length || other === '*') return false;
  return (one === '?' || one === other) && matches(wide, i + 1, narrow, j + 1, seen);
}
