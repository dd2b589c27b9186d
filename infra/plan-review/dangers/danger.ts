import type { Change, Reading } from '../reading/change.ts';

/** Something that a reviewer has to accept before the apply. */
export interface Danger {
  /** `rule:address`, as `--accept` takes it. */
  readonly id: string;
  readonly rule: string;
  readonly address: string;
  /** What is lost or opened, in one sentence. */
  readonly sentence: string;
}

export interface DangerRule {
  readonly name: string;
  /** For the list of rules. */
  readonly about: string;
  /** @returns a sentence for each danger of this change */
  readonly judge: (change: Change, reading: Reading) => readonly string[];
  /** @returns the same for a change that was made outside of Terraform */
  readonly judgeDrift?: (change: Change) => readonly string[];
}

export const isGone = ({ action }: Change): boolean => action === 'delete' || action === 'replace';

/** `is destroyed`, or `is replaced (its name changes)`. */
export function goneWords({ action, replacedFor }: Change): string {
  if (action === 'delete') return 'is destroyed';
  return replacedFor.length === 0 ? 'is replaced' : `is replaced (for another ${replacedFor.join(', ')})`;
}
