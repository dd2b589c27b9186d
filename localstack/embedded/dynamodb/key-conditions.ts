import { invalidParameter, refuseEmptyKey, validationError } from './errors.ts';
import type { Node } from './expressions/syntax.ts';
import { keyText, openText, pastPrefix } from './key-text.ts';
import type { KeySchema } from './schema.ts';
import { type AttributeValue, typeOf } from './values.ts';

/** Of key texts, as `Range` has it. */
export interface KeyRange {
  readonly from: string;
  readonly to: string;
}

interface Condition {
  readonly operator: string;
  readonly values: readonly AttributeValue[];
}

const operators: ReadonlySet<string> = new Set(['=', '<', '<=', '>', '>=', 'between', 'begins_with']);

/** Comparisons whose operands have changed sides. */
const mirrored: Readonly<Record<string, string>> = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/** The part of a table or index that a Query is about. @throws ValidationException */
export function rangeOf(node: Node, keys: KeySchema, types: Readonly<Record<string, string>>): KeyRange {
  const conditions = new Map<string, Condition>();
  for (const [name, condition] of conditionsOf(node)) {
    if (conditions.has(name)) throw validationError('KeyConditionExpressions must only contain one condition per key');
    conditions.set(name, condition);
  }
  const hash = conditions.get(keys.hash);
  const others = [...conditions.keys()].filter((name) => name !== keys.hash);
  const strange = others.find((name) => name !== keys.range);
  if (hash === undefined) throw validationError(`Query condition missed key schema element: ${keys.hash}`);
  if (strange !== undefined) {
    throw validationError(
      keys.range === undefined || others.length > 1
        ? 'Query key condition not supported'
        : `Query condition missed key schema element: ${keys.range}`,
    );
  }
  if (hash.operator !== '=') throw validationError('Query key condition not supported');
  for (const [name, { values, operator }] of conditions) {
    checkTypes(values, operator, types[name]);
    for (const value of values) refuseEmptyKey(value, name, 'name' in keys ? String(keys.name) : undefined);
  }
  const prefix = keyText(hash.values[0] as AttributeValue);
  const range = keys.range === undefined ? undefined : conditions.get(keys.range);
  return range === undefined ? { from: prefix, to: pastPrefix(prefix) } : within(prefix, range);
}

function conditionsOf(node: Node): [name: string, condition: Condition][] {
  if (node.kind !== 'call') throw validationError('Query key condition not supported');
  const { operator, args } = node;
  if (operator === 'and') return args.flatMap(conditionsOf);
  if (!operators.has(operator)) {
    throw validationError(`Invalid operator used in KeyConditionExpression: ${operator.toUpperCase()}`);
  }
  const mirror = args[0]?.kind === 'value' ? mirrored[operator] : undefined;
  const [of, ...operands] = mirror === undefined ? args : args.toReversed();
  if (of?.kind !== 'path' || of.path.length > 1) throw validationError('Query key condition not supported');
  const values = operands.map((operand) => {
    if (operand.kind === 'value') return operand.value;
    throw validationError('Query key condition not supported');
  });
  return [[String(of.path[0]), { operator: mirror ?? operator, values }]];
}

function checkTypes(values: readonly AttributeValue[], operator: string, type: string | undefined): void {
  for (const value of values) {
    if (typeOf(value) !== type) throw invalidParameter('Condition parameter type does not match schema type');
    if (operator === 'begins_with' && type === 'N') throw validationError('Query key condition not supported');
  }
}

/** Of one partition, whose key texts begin with the prefix. */
function within(prefix: string, { operator, values }: Condition): KeyRange {
  const [value, upper = value] = values as [AttributeValue, AttributeValue?];
  const [start, end] = [prefix, pastPrefix(prefix)];
  const text = prefix + keyText(value);
  switch (operator) {
    case '=':
      return { from: text, to: pastPrefix(text) };
    case '<':
      return { from: start, to: text };
    case '<=':
      return { from: start, to: pastPrefix(text) };
    case '>':
      return { from: pastPrefix(text), to: end };
    case '>=':
      return { from: text, to: end };
    case 'begins_with':
      return { from: prefix + openText(value), to: pastPrefix(prefix + openText(value)) };
    default:
      return { from: text, to: pastPrefix(prefix + keyText(upper)) };
  }
}
