import { invalidParameter, validationError } from './errors.ts';
import { projected } from './expressions/projection.ts';
import type { Node, Path } from './expressions/syntax.ts';
import { type Input, wordOf } from './request.ts';
import type { IndexSchema } from './schema.ts';
import type { Item } from './values.ts';

/** What a projection of the index has of an item. */
export function indexed(item: Item, index: IndexSchema | undefined): Item {
  const names = index?.projected;
  if (names === undefined) return item;
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name)));
}

/** What of an item is answered; undefined where only the count is. */
export function shower(
  input: Input,
  index: IndexSchema | undefined,
  paths: readonly Path[] | undefined,
): ((item: Item) => Item) | undefined {
  const fallback = paths !== undefined ? 'SPECIFIC_ATTRIBUTES' : index ? 'ALL_PROJECTED_ATTRIBUTES' : 'ALL_ATTRIBUTES';
  const words = ['SPECIFIC_ATTRIBUTES', 'COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES'] as const;
  const select = wordOf({ Select: fallback, ...input }, 'Select', words as never) as (typeof words)[number];
  if (paths !== undefined && select !== 'SPECIFIC_ATTRIBUTES') {
    throw validationError(`Cannot specify the ProjectionExpression when choosing to get ${select}`);
  }
  if (paths === undefined && select === 'SPECIFIC_ATTRIBUTES') {
    throw validationError(
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    );
  }
  if (select === 'ALL_PROJECTED_ATTRIBUTES' && index === undefined) {
    throw invalidParameter('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
  }
  if (index?.projected !== undefined && !index.isLocal) refuseUnprojected(index, index.projected, select, paths);
  if (select === 'COUNT') return undefined;
  if (paths !== undefined) return (item) => projected(item, paths);
  return select === 'ALL_PROJECTED_ATTRIBUTES' ? (item) => indexed(item, index) : (item) => item;
}

function refuseUnprojected(
  { name }: IndexSchema,
  names: ReadonlySet<string>,
  select: string,
  paths: readonly Path[] | undefined,
): void {
  if (select === 'ALL_ATTRIBUTES') {
    throw invalidParameter(
      `Select type ALL_ATTRIBUTES is not supported for global secondary index ${name} because its projection type is not ALL`,
    );
  }
  const missing = paths?.map(([head]) => String(head)).filter((head) => !names.has(head)) ?? [];
  if (missing.length > 0)
    throw invalidParameter(`Global secondary index ${name} does not project [${missing.join(', ')}]`);
}

/** @throws ValidationException where a filter reads what a global index does not have */
export function refuseUnprojectedFilter(index: IndexSchema | undefined, filter: Node): void {
  if (index?.projected === undefined || index.isLocal) return;
  const missing = [...headsOf(filter)].filter((name) => !index.projected?.has(name));
  if (missing.length === 0) return;
  throw invalidParameter(
    `Secondary index ${index.name} does not project one or more filter attributes: [${missing.join(', ')}]`,
  );
}

/** Names of the attributes that an expression reads. */
export function headsOf(node: Node): ReadonlySet<string> {
  if (node.kind === 'path') return new Set([String(node.path[0])]);
  return new Set(node.kind === 'call' ? node.args.flatMap((arg) => [...headsOf(arg)]) : []);
}
