/** What the parser makes of a part of a file. */
export interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Where a node stands: in which field of which node. */
export interface Place {
  readonly parent: Node;
  readonly field: string;
}

/** Visits all nodes in the order of the text. Lists, and objects that are no nodes, count as part of the field that they are in. */
export function walk(value: unknown, visit: (node: Node, place?: Place) => void, place?: Place): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit, place);
    return;
  }
  const node = isNode(value) ? value : undefined;
  if (node !== undefined) visit(node, place);
  for (const [field, part] of Object.entries(value)) {
    if (field !== 'span') walk(part, visit, node === undefined ? place : { parent: node, field });
  }
}

export const isNode = (value: unknown): value is Node => typeof (value as Node | null | undefined)?.type === 'string';

export const isIdentifier = (value: unknown, name: string): boolean =>
  isNode(value) && value.type === 'Identifier' && value.value === name;

/** The kinds of node that change nothing of the value inside: parentheses, types, `?.`; each with the field of that value. */
const wrappers: Readonly<Record<string, string>> = {
  ParenthesisExpression: 'expression',
  TsAsExpression: 'expression',
  TsConstAssertion: 'expression',
  TsInstantiation: 'expression',
  TsNonNullExpression: 'expression',
  TsSatisfiesExpression: 'expression',
  TsTypeAssertion: 'expression',
  OptionalChainingExpression: 'base',
};

export const isWrapper = ({ type }: Node): boolean => Object.hasOwn(wrappers, type);

export function unwrapped<Value>(value: Value): Value {
  const inner = isNode(value) ? wrappers[value.type] : undefined;
  return inner === undefined ? value : unwrapped((value as Node)[inner] as Value);
}

/** `b` of `a.b` and of `a['b']`; undefined for all else. */
export function memberName({ type, property }: Node): string | undefined {
  if (type !== 'MemberExpression' || !isNode(property)) return undefined;
  return property.type === 'Computed' ? textOf(property.expression) : (property.value as string);
}

/** @returns the text of a literal; undefined where it is computed */
export function textOf(value: unknown): string | undefined {
  const node = unwrapped(value);
  if (!isNode(node)) return undefined;
  if (node.type === 'StringLiteral') return node.value as string;
  const [only, ...others] = node.type === 'TemplateLiteral' ? (node.quasis as readonly { cooked: string }[]) : [];
  return others.length === 0 ? only?.cooked : undefined;
}

/** The first arguments of a call, or of `new`; undefined for those that are spread. */
export const argumentsOf = (call: Node): unknown[] =>
  ((call.arguments ?? []) as readonly { readonly spread: unknown; readonly expression: unknown }[]).map(
    ({ spread, expression }) => (spread ? undefined : expression),
  );
