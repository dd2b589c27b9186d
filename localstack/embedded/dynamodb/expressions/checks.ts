import { compareNumbers } from '../numbers.ts';
import { type AttributeValue, type Type, typeOf, types } from '../values.ts';
import type { CallNode, Node, Path, UpdateAction } from './syntax.ts';
import { pathText } from './syntax.ts';

type Refusal = (reason: string) => Error;

const ordered: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', 'between']);
const distinct: ReadonlySet<string> = new Set(['=', '<>', '<', '<=', '>', '>=', 'contains', 'begins_with']);
const withPath: ReadonlySet<string> = new Set(['attribute_exists', 'attribute_not_exists', 'attribute_type']);
const comparable: readonly Type[] = ['S', 'N', 'B'];

/** What AWS refuses of a condition before it looks at an item. */
export function checkCondition(node: Node, refusal: Refusal): void {
  if (node.kind !== 'call') return;
  const { operator, args } = node;
  for (const arg of args) checkCondition(arg, refusal);
  const [first, second] = args;
  const misfit = args.find((arg) => arg.kind === 'value' && !fits(operator, typeOf(arg.value)));
  if (misfit?.kind === 'value') throw refusal(wrongType(named(operator), typeOf(misfit.value)));
  if (withPath.has(operator) && first?.kind !== 'path') {
    throw refusal(`Operator or function requires a document path; operator or function: ${operator}`);
  }
  if (distinct.has(operator) && first?.kind === 'path' && JSON.stringify(first) === JSON.stringify(second)) {
    throw refusal(
      `The first operand must be distinct from the remaining operands for this operator or function; operator: ${operator}, first operand: ${pathText(first.path)}`,
    );
  }
  if (operator === 'attribute_type') checkTypeName(second, refusal);
  if (operator === 'between') checkBounds(node, refusal);
}

const named = (operator: string): string => (operator === 'between' ? 'BETWEEN' : operator);

const wrongType = (operator: string, type: string): string =>
  `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`;

function fits(operator: string, type: Type): boolean {
  if (ordered.has(operator)) return comparable.includes(type);
  return operator !== 'begins_with' || type === 'S' || type === 'B';
}

function checkTypeName(node: Node | undefined, refusal: Refusal): void {
  const name = node?.kind === 'value' ? node.value.S : undefined;
  if (name === undefined)
    throw refusal(wrongType('attribute_type', node?.kind === 'value' ? typeOf(node.value) : 'path'));
  if (types.includes(name as Type)) return;
  throw refusal(`Invalid attribute type name found; type: ${name}, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}`);
}

function checkBounds({ args: [, low, high] }: CallNode, refusal: Refusal): void {
  if (low?.kind !== 'value' || high?.kind !== 'value') return;
  const [lower, upper] = [low.value, high.value];
  const text = (value: AttributeValue) => `AttributeValue: {${typeOf(value)}:${Object.values(value)[0]}}`;
  if (typeOf(lower) !== typeOf(upper)) {
    throw refusal(
      `The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: ${text(lower)}, upper bound operand: ${text(upper)}`,
    );
  }
  if ((compareValues(lower, upper) ?? 0) <= 0) return;
  throw refusal(
    `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: ${text(lower)}, upper bound operand: ${text(upper)}`,
  );
}

/** Strings compare by their UTF-8 bytes, binaries by bytes, numbers by value; other types have no order. */
export function compareValues(one: AttributeValue, other: AttributeValue): number | undefined {
  if (one.N !== undefined && other.N !== undefined) return compareNumbers(one.N, other.N);
  if (one.S !== undefined && other.S !== undefined) {
    return one.S === other.S ? 0 : Buffer.compare(Buffer.from(one.S), Buffer.from(other.S));
  }
  if (one.B === undefined || other.B === undefined) return undefined;
  return Buffer.compare(Buffer.from(one.B, 'base64'), Buffer.from(other.B, 'base64'));
}

const typeNames: Readonly<Record<Type, string>> = {
  ...{ S: 'STRING', N: 'NUMBER', B: 'BINARY', SS: 'STRING_SET', NS: 'NUMBER_SET', BS: 'BINARY_SET' },
  ...{ L: 'LIST', M: 'MAP', BOOL: 'BOOLEAN', NULL: 'NULL' },
};

/** What AWS refuses of an update before it looks at an item. */
export function checkUpdate(actions: readonly UpdateAction[], refusal: Refusal): void {
  checkPaths(
    actions.map(({ path }) => path),
    refusal,
  );
  for (const { section, operand } of actions) {
    if (section === 'SET') checkSum(operand, refusal);
    if ((section !== 'ADD' && section !== 'DELETE') || operand?.kind !== 'value') continue;
    const type = typeOf(operand.value);
    if (type === 'SS' || type === 'NS' || type === 'BS' || (section === 'ADD' && type === 'N')) continue;
    const what = `operator: ${section}, operand type: ${typeNames[type]}, typeSet: ALLOWED_FOR_${section}_OPERAND`;
    throw refusal(`Incorrect operand type for operator or function; ${what}`);
  }
}

function checkSum(node: Node | undefined, refusal: Refusal): void {
  if (node?.kind !== 'call') return;
  const wanted = node.operator === 'list_append' ? 'L' : 'N';
  for (const arg of node.args) {
    checkSum(arg, refusal);
    if (node.operator === 'if_not_exists' || arg.kind !== 'value' || typeOf(arg.value) === wanted) continue;
    throw refusal(wrongType(node.operator, typeOf(arg.value)));
  }
  if (node.operator === 'if_not_exists' && node.args[0]?.kind !== 'path') {
    throw refusal('Operator or function requires a document path; operator or function: if_not_exists');
  }
}

/** No two paths may have anything in common, nor may one take for a list what the other takes for a map. */
export function checkPaths(paths: readonly Path[], refusal: Refusal): void {
  for (const [index, one] of paths.entries()) {
    for (const other of paths.slice(0, index)) {
      const length = Math.min(one.length, other.length);
      const apart = one.slice(0, length).findIndex((step, at) => step !== other[at]);
      const kind = apart < 0 ? 'overlap' : typeof one[apart] !== typeof other[apart] ? 'conflict' : undefined;
      if (kind === undefined) continue;
      throw refusal(
        `Two document paths ${kind} with each other; must remove or rewrite one of these paths; path one: ${pathText(other)}, path two: ${pathText(one)}`,
      );
    }
  }
}
