/** A condition on an index's sort key, as GraphQL's `ModelStringKeyConditionInput` has it: exactly one operator. */
export type KeyCondition =
  | { readonly eq: string }
  | { readonly le: string }
  | { readonly lt: string }
  | { readonly ge: string }
  | { readonly gt: string }
  | { readonly between: readonly [string, string] }
  | { readonly beginsWith: string };

/** Whether a sort key meets it, by code units: as DynamoDB has it where one of the two is ASCII. */
export function meets(condition: KeyCondition, key: string): boolean {
  if ('eq' in condition) return key === condition.eq;
  if ('le' in condition) return key <= condition.le;
  if ('lt' in condition) return key < condition.lt;
  if ('ge' in condition) return key >= condition.ge;
  if ('gt' in condition) return key > condition.gt;
  if ('beginsWith' in condition) return key.startsWith(condition.beginsWith);
  const [from, to] = condition.between;
  return from <= key && key <= to;
}

export interface KeyExpression {
  /** With `#range` for the attribute and `:from`, `:to` for the values. */
  readonly expression: string;
  readonly values: Readonly<Record<string, string>>;
}

const comparators = { eq: '=', le: '<=', lt: '<', ge: '>=', gt: '>' } as const;

export function keyExpression(condition: KeyCondition): KeyExpression {
  if ('between' in condition) {
    const [from, to] = condition.between;
    return { expression: '#range BETWEEN :from AND :to', values: { ':from': from, ':to': to } };
  }
  if ('beginsWith' in condition) {
    return { expression: 'begins_with(#range, :from)', values: { ':from': condition.beginsWith } };
  }
  const entries = Object.entries(condition) as [keyof typeof comparators, string][];
  const [operator, value] = entries[0] ?? ['eq', ''];
  return { expression: `#range ${comparators[operator]} :from`, values: { ':from': value } };
}
