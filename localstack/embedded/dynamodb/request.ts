/** What every operation asks of its request before it looks at a table. */
import { serializationError, unsatisfied, validationError } from './errors.ts';
import { checkedItem, type Item } from './values.ts';

export type Input = Readonly<Record<string, unknown>>;
export type Output = Record<string, unknown>;

/** Parameters from before there were expressions, and what to write instead. */
const legacy: Readonly<Record<string, string>> = {
  AttributeUpdates: 'UpdateExpression',
  AttributesToGet: 'ProjectionExpression',
  Expected: 'ConditionExpression',
  ConditionalOperator: 'an expression with AND or OR',
  KeyConditions: 'KeyConditionExpression',
  QueryFilter: 'FilterExpression',
  ScanFilter: 'FilterExpression',
};

export function refuseLegacy(input: Input): void {
  for (const name in legacy) {
    if ((input[name] ?? undefined) === undefined) continue;
    const expressions = Object.keys(input).filter((member) => member.endsWith('Expression'));
    if (expressions.length > 0) {
      throw validationError(
        `Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {${name}} Expression parameters: {${expressions.join(', ')}}`,
      );
    }
    throw validationError(`${name} is not served by the local cloud: write ${legacy[name]} instead`);
  }
}

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

export function tableNameOf(input: Input): string {
  return textOf(input, 'TableName');
}

export function textOf(input: Input, member: string): string {
  const value = input[member] ?? undefined;
  if (value === undefined) throw unsatisfied('null', lowerFirst(member), 'Member must not be null');
  if (typeof value !== 'string') throw serializationError(member);
  return value;
}

export function itemOf(input: Input, member: 'Item' | 'Key'): Item {
  const value = input[member] ?? undefined;
  if (value === undefined) throw unsatisfied('null', lowerFirst(member), 'Member must not be null');
  if (typeof value !== 'object') throw serializationError(member);
  return checkedItem(value);
}

/** One of the words, the first where the request has none. */
export function wordOf<Word extends string>(input: Input, member: string, words: readonly [Word, ...Word[]]): Word {
  const value = input[member] ?? words[0];
  if (words.includes(value as Word)) return value as Word;
  if (typeof value !== 'string') throw serializationError(member);
  throw unsatisfied(`'${value}'`, lowerFirst(member), `Member must satisfy enum value set: [${words.join(', ')}]`);
}

/** A whole number from `least` on; undefined where the request has none. */
export function numberOf(
  input: Input,
  member: string,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): number | undefined {
  const value = input[member] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value !== 'number') throw serializationError(member);
  if (value < least) {
    throw unsatisfied(`'${value}'`, lowerFirst(member), `Member must have value greater than or equal to ${least}`);
  }
  if (value > most) {
    throw unsatisfied(`'${value}'`, lowerFirst(member), `Member must have value less than or equal to ${most}`);
  }
  return value;
}

/** To be called before anything is written. @throws ValidationException for a wrong word in a member that says what to answer */
export function checkAnswerMembers(input: Input): void {
  wordOf(input, 'ReturnConsumedCapacity', ['NONE', 'TOTAL', 'INDEXES']);
  wordOf(input, 'ReturnItemCollectionMetrics', ['NONE', 'SIZE']);
}

/** Requests of a batch by table. */
export function requestItems({ RequestItems: items }: Input, operation: string): Record<string, unknown> {
  if (items !== undefined && items !== null && typeof items !== 'object') throw serializationError('RequestItems');
  if (Object.keys(items ?? {}).length > 0) return items as Record<string, unknown>;
  throw validationError(`The requestItems parameter is required for ${operation}`);
}
