/**
 * dynalite parses the expressions of every request anew, which is a sixth of the processor time of the local cloud's main
 * thread. A service has few expressions and sends them over and over with other values: the tree of each is kept, with gaps where
 * its values were.
 */

import conditionParser from 'dynalite/db/conditionParser.js';
import type { AttributeValue } from 'dynalite/db/index.js';
import projectionParser from 'dynalite/db/projectionParser.js';
import updateParser from 'dynalite/db/updateParser.js';

/** What dynalite's parsers resolve names and values with; they delete from the `unused` members what an expression names. */
export interface ParsingContext {
  readonly attrNames?: Readonly<Record<string, string>> | undefined;
  readonly attrVals?: Readonly<Record<string, AttributeValue>> | undefined;
  readonly unusedAttrNames?: Record<string, boolean>;
  readonly unusedAttrVals?: Record<string, boolean>;
}

export type Parse = (text: string, options: { readonly context: ParsingContext }) => unknown;

/** Callers build expressions too (filters of the GraphQL API): so many are kept, then all are forgotten. */
const MOST_KEPT = 1_000;
/** Their operands' values, not only the types, decide whether the parser refuses them. */
const DEPENDS_ON_VALUES = /between|attribute_type/i;
const PLACEHOLDERS = /[#:][0-9a-zA-Z_]+/g;

interface Kept {
  readonly tree: unknown;
  readonly placeholders: readonly string[];
}

class Gap {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** A `parse` with the same results: trees of their own for every call, the same refusals, the same names left as unused. */
export function remembering(parse: Parse): Parse {
  const kept = new Map<string, Kept>();

  return (text, options) => {
    const { context } = options;
    if (DEPENDS_ON_VALUES.test(text)) return parse(text, options);
    const key = keyOf(text, context);
    const known = kept.get(key);
    if (known !== undefined) return recall(known, context);
    const tree = parse(text, options);
    // A text says why the expression is refused.
    if (typeof tree === 'string') return tree;
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, { tree: withGaps(tree, context.attrVals ?? {}), placeholders: text.match(PLACEHOLDERS) ?? [] });
    return tree;
  };
}

/** All that the parser's answer depends on: the text, the names, and the types of the values. */
function keyOf(text: string, { attrNames = {}, attrVals = {} }: ParsingContext): string {
  const types = Object.entries(attrVals).map(([name, value]) => [name, ...Object.keys(value)]);
  return JSON.stringify([text, attrNames, types]);
}

function recall({ tree, placeholders }: Kept, context: ParsingContext): unknown {
  for (const name of placeholders) {
    delete context.unusedAttrNames?.[name];
    delete context.unusedAttrVals?.[name];
  }
  return copyOf(tree, (node) => (node instanceof Gap ? context.attrVals?.[node.name] : undefined));
}

/** The parser puts the request's own value objects into the tree, so they are known by their identity. */
function withGaps(tree: unknown, values: Readonly<Record<string, AttributeValue>>): unknown {
  const gaps = new Map<unknown, Gap>(Object.entries(values).map(([name, value]) => [value, new Gap(name)]));
  return copyOf(tree, (node) => gaps.get(node));
}

/** A deep copy with the same prototypes, null ones too, in which `replaced` stands for a node where it is defined. */
function copyOf(node: unknown, replaced: (node: object) => unknown): unknown {
  if (typeof node !== 'object' || node === null) return node;
  const instead = replaced(node);
  if (instead !== undefined) return instead;
  if (Array.isArray(node)) return node.map((member) => copyOf(member, replaced));
  const copy = Object.create(Object.getPrototypeOf(node)) as Record<string, unknown>;
  for (const [name, member] of Object.entries(node)) copy[name] = copyOf(member, replaced);
  return copy;
}

/** Makes dynalite's validations, which look `parse` up at every call, use what was parsed before. */
export function rememberParsedExpressions(): void {
  for (const parser of [conditionParser, projectionParser, updateParser]) parser.parse = remembering(parser.parse);
}
