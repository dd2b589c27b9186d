import type { TargetKind } from '../targets.ts';
import type { KnownDifference } from './known-differences.ts';

/** The part of `terraform show -json <plan>` that is read here. https://developer.hashicorp.com/terraform/internals/json-format */
export interface TerraformPlan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly type: string;
    readonly mode?: string;
    readonly change: { readonly actions: readonly string[]; readonly before?: unknown; readonly after?: unknown };
  }[];
}

export interface Difference {
  readonly address: string;
  readonly resource: string;
  /** Path of an attribute without list positions; undefined where the whole resource is made or removed. */
  readonly attribute: string | undefined;
  /** `create`, `update`, `delete+create`, … */
  readonly action: string;
}

/** Every attribute that the plan would change, each once. */
export function differencesOf(plan: TerraformPlan): readonly Difference[] {
  return (plan.resource_changes ?? []).flatMap(({ address, type, mode, change }) => {
    const action = change.actions.join('+');
    if (mode === 'data' || action === 'no-op' || action === 'read') return [];
    const paths = action === 'create' || action === 'delete' ? [] : changedPaths(change.before, change.after);
    const attributes = paths.length > 0 ? [...new Set(paths)] : [undefined];
    return attributes.map((attribute) => ({ address, resource: type, attribute, action }));
  });
}

export interface Judgement {
  readonly known: readonly (Difference & { readonly reason: string })[];
  readonly unknown: readonly Difference[];
}

/** Only an update in place can be a known difference: what makes a resource anew is never harmless. */
export function judge(
  differences: readonly Difference[],
  kind: TargetKind,
  knownDifferences: readonly KnownDifference[],
): Judgement {
  const known: (Difference & { reason: string })[] = [];
  const unknown: Difference[] = [];
  for (const difference of differences) {
    const { attribute } = difference;
    const match =
      difference.action === 'update' && attribute !== undefined
        ? knownDifferences.find(
            (one) =>
              one.target === kind &&
              one.resource === difference.resource &&
              (attribute === one.attribute || attribute.startsWith(`${one.attribute}.`)),
          )
        : undefined;
    if (match) known.push({ ...difference, reason: match.reason });
    else unknown.push(difference);
  }
  return { known, unknown };
}

/** One line for each attribute of a type: a difference of one alarm is mostly one of all alarms. */
export function summaryOf(differences: readonly (Difference & { readonly reason?: string })[]): readonly string[] {
  const groups = Map.groupBy(differences, ({ resource, attribute, action, reason }) =>
    [`${action} ${resource}${attribute === undefined ? '' : `.${attribute}`}`, reason ? `: ${reason}` : ''].join('|'),
  );
  return [...groups].map(([key, group]) => {
    const [what, why] = key.split('|');
    const where = group.length === 1 ? (group[0]?.address.split('.').at(-1) ?? '') : `${group.length} of them`;
    return `${what} (${where})${why}`;
  });
}

/**
 * Leaves that differ. What is only known after the apply is missing in `after` and is a consequence, never a cause, so a key
 * that `after` does not have does not count.
 */
function changedPaths(before: unknown, after: unknown, path = ''): string[] {
  if (isEmpty(before) && isEmpty(after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) {
    if (before.every(isLeaf) && after.every(isLeaf))
      return JSON.stringify(before) === JSON.stringify(after) ? [] : [path];
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, index) => changedPaths(before[index] ?? null, after[index] ?? null, path)).flat();
  }
  if (isRecord(before) && isRecord(after)) {
    return Object.keys(after).flatMap((key) =>
      changedPaths(before[key] ?? null, after[key], path === '' ? key : `${path}.${key}`),
    );
  }
  return Object.is(before, after) ? [] : [path];
}

const isLeaf = (value: unknown): boolean => typeof value !== 'object' || value === null;
const isEmpty = (value: unknown): boolean => value === null || value === undefined;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
