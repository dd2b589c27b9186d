import { type ChangeGroup, groupsOf, type Quiet } from './changes/groups.ts';
import type { Danger } from './dangers/danger.ts';
import { dangersOf } from './dangers/rules.ts';
import { type PolicyChange, policyChangesOf } from './iam/policies.ts';
import { definitionsOf } from './machine/definitions.ts';
import { compareGraphs, type GraphDifference, graphOf } from './machine/graph.ts';
import { mermaidOf } from './machine/mermaid.ts';
import { machineLines } from './machine/summary.ts';
import type { Change, Reading } from './reading/change.ts';

/** All that a report says, before it has a form. */
export interface Review {
  readonly isFirst: boolean;
  /** What was not accepted, then what was. */
  readonly dangers: readonly Danger[];
  readonly accepted: readonly Danger[];
  readonly groups: readonly ChangeGroup[];
  readonly quiet: Quiet;
  /** Policies that change, with the permissions that they gain and lose. */
  readonly policies: readonly PolicyChange[];
  readonly machine: MachineReview | undefined;
  /** What changed outside of Terraform. */
  readonly drift: readonly ChangeGroup[];
  readonly counts: Readonly<Record<'create' | 'update' | 'replace' | 'delete', number>>;
}

export interface MachineReview {
  readonly lines: readonly string[];
  readonly mermaid: readonly string[];
  /** For other drawings. */
  readonly difference: GraphDifference;
}

/** @param accept ids of dangers (`rule:address`), or rules, that the reviewer accepts */
export function reviewOf(reading: Reading, accept: readonly string[] = []): Review {
  const all = dangersOf(reading);
  const isAccepted = ({ id, rule }: Danger): boolean => accept.includes(id) || accept.includes(rule);
  const { groups, quiet } = groupsOf([...reading.changes, ...reading.settings], reading);
  const count = (action: Change['action']) => reading.changes.filter((change) => change.action === action).length;
  return {
    isFirst: reading.isFirst,
    dangers: all.filter((danger) => !isAccepted(danger)),
    accepted: all.filter(isAccepted),
    groups,
    quiet,
    policies: reading.changes
      .flatMap((change) => policyChangesOf(change, reading))
      .filter(({ verdict }) => verdict !== 'same'),
    machine: machineOf(reading),
    drift: groupsOf(reading.drift, reading).groups,
    counts: { create: count('create'), update: count('update'), replace: count('replace'), delete: count('delete') },
  };
}

function machineOf(reading: Reading): MachineReview | undefined {
  for (const change of reading.changes) {
    const { before, after } = definitionsOf(change, reading);
    const [old, fresh] = [graphOf(before ?? ''), graphOf(after ?? '')];
    if (old === undefined || fresh === undefined) continue;
    const difference = compareGraphs(old, fresh);
    if (difference.isSame) continue;
    return { lines: machineLines(difference, old), mermaid: mermaidOf(difference), difference };
  }
  return undefined;
}

/** `12 to add, 3 to change, 1 to replace, 0 to destroy` */
export function countLine({ counts: { create, update, replace, delete: gone } }: Review): string {
  return `${create} to add, ${update} to change, ${replace} to replace, ${gone} to destroy`;
}

/** What was only counted; undefined where nothing was. */
export function quietLine({
  groups,
  quiet: { tags, defaultTags, code, spelling, computed },
}: Review): string | undefined {
  const parts = [
    ...(code > 0 ? [`${code} get new code`] : []),
    ...(defaultTags > 0 ? ['all get other default tags'] : []),
    ...(tags > 0 ? [`${tags} get other tags`] : []),
    ...(spelling > 0 ? [`${spelling} spell the same policy in another way`] : []),
    ...(computed > 0 ? [`${computed} change only in what AWS computes`] : []),
  ];
  return parts.length > 0 ? `${groups.length > 0 ? 'Beside these: ' : 'Only: '}${parts.join(', ')}.` : undefined;
}
