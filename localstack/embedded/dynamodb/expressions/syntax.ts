import type { AttributeValue } from '../values.ts';

/** Names and list positions, from the item inwards. */
export type Path = readonly (string | number)[];

export interface PathNode {
  readonly kind: 'path';
  readonly path: Path;
}

export interface ValueNode {
  readonly kind: 'value';
  /** Its placeholder, `:name`. */
  readonly name: string;
  readonly value: AttributeValue;
}

/** A connective, comparison, function or arithmetic operator of its operands. */
export interface CallNode {
  readonly kind: 'call';
  readonly operator: string;
  readonly args: readonly Node[];
}

export type Node = PathNode | ValueNode | CallNode;

export const sections = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;
export type Section = (typeof sections)[number];

/** One change of an update; a REMOVE has no operand. */
export interface UpdateAction {
  readonly section: Section;
  readonly path: Path;
  readonly operand: Node | undefined;
}

export const pathText = (path: Path): string =>
  `[${path.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join(', ')}]`;
