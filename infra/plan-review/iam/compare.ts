import { testsCover } from './conditions.ts';
import { inSmallLetters, scopeCovers } from './patterns.ts';
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
  // Also of texts that cannot be read, as masked ones.
  if (before === after) return { verdict: 'same', added: [], removed: [] };
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
function covers(wide: Permission, narrow: Permission): boolean {
  return (
    wide.effect === narrow.effect &&
    scopeCovers(inSmallLetters(wide.action), inSmallLetters(narrow.action)) &&
    scopeCovers(wide.resource, narrow.resource) &&
    (wide.principal === narrow.principal || wide.principal === '*') &&
    testsCover(wide.conditions, narrow.conditions)
  );
}
