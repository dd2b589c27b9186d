import { type PartitionKind, partitionPrefixes, prefixEnd } from '#schema/table.ts';
import type { Condition } from './deploy-policy/statement.ts';

const leadingKeys = 'dynamodb:LeadingKeys';

/**
 * Binds actions on the table to the partitions of one kind; each item of a batch or a transaction has to be in one. A trip's id has
 * no `#`, which every prefix ends with, so trips are the keys without one: no pattern says `[A-Za-z0-9-]{1,50}`.
 * `ForAllValues` holds for a request that names no key at all, such as Scan; `Null` takes that out.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition_examples-multi-valued-context-keys.html
 */
export function keyConditionOf(kind: PartitionKind): Condition {
  const inside: Condition =
    kind === 'trip'
      ? { 'ForAllValues:StringNotLike': { [leadingKeys]: [`*${prefixEnd}*`] } }
      : { 'ForAllValues:StringLike': { [leadingKeys]: [`${partitionPrefixes[kind]}*`] } };
  return { ...inside, Null: { [leadingKeys]: 'false' } };
}
