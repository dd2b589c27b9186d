import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getOperationAST,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { defaultLimit, maxLimit } from './connection.ts';

/** A generated query of every field there is has some 150. */
export const maxTokens = 2000;
/** `{ list { items { outboundFlight { id } } } }` has four. */
export const maxDepth = 8;
/** Values that an answer may hold: two pages of 1,000 bookings with all fields of their flights do not fit. */
export const maxCost = 50_000;

/** Answers repeat them with every item; people and generators write far shorter ones. */
export const maxAliasCharacters = 100;
/** Of an answer as Lambda sends it; above 6 MB the client would read the gateway's own 500. */
export const maxAnswerBytes = 5_000_000;

/** What a mutation costs besides its answer: a request makes 50 at most. */
const mutationCost = 1000;
const introspectionCost = 5000;

export interface QueryCost {
  readonly depth: number;
  readonly cost: number;
}

/**
 * How deep an operation goes and how many values its answer may hold, before anything is read. Aliases count each, and
 * pages as long as they may become. The document has to be valid, so that its fragments end.
 * @returns undefined where the document has no such operation
 */
export function queryCostOf(
  document: DocumentNode,
  { operationName, variables }: { operationName: string | undefined; variables: Readonly<Record<string, unknown>> },
): QueryCost | undefined {
  const operation = getOperationAST(document, operationName);
  if (operation === null || operation === undefined) return undefined;
  const counter = new CostCounter(document);
  const defaults = Object.fromEntries(
    (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue?.kind === Kind.INT ? Number(defaultValue.value) : undefined,
    ]),
  );
  const pageOf = (field: FieldNode): number => {
    const value = field.arguments?.find(({ name }) => name.value === 'limit')?.value;
    if (value?.kind === Kind.INT) return page(Number(value.value));
    if (value?.kind !== Kind.VARIABLE) return defaultLimit;
    const { value: name } = value.name;
    return page(Object.hasOwn(variables, name) ? variables[name] : defaults[name]);
  };
  const ofField = (field: FieldNode): QueryCost => {
    const name = field.name.value;
    // graphql's own rule bounds these.
    if (name.startsWith('__') && field.selectionSet !== undefined) return { depth: 1, cost: introspectionCost };
    const { depth, cost } = counter.field(field, pageOf(field));
    return { depth, cost: cost + (operation.operation === 'mutation' ? mutationCost : 0) };
  };
  return counter.selections(operation.selectionSet, 'root', ofField);
}

function page(limit: unknown): number {
  return typeof limit === 'number' ? Math.min(Math.max(limit, 1), maxLimit) : defaultLimit;
}

const nothing: QueryCost = { depth: 0, cost: 0 };

class CostCounter {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Fragments may be spread in each other again and again: each is counted once. */
  readonly #counted = new Map<string, QueryCost>();

  constructor(document: DocumentNode) {
    this.#fragments = new Map(
      document.definitions
        .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
        .map((fragment) => [fragment.name.value, fragment]),
    );
  }

  field(field: FieldNode, pageSize: number): QueryCost {
    if (field.selectionSet === undefined) return { depth: 1, cost: 1 };
    const inner = this.selections(field.selectionSet, `${pageSize}`, (child) => this.field(child, pageSize));
    const times = field.name.value === 'items' ? pageSize : 1;
    return { depth: inner.depth + 1, cost: 1 + inner.cost * times };
  }

  selections({ selections }: SelectionSetNode, place: string, ofField: (field: FieldNode) => QueryCost): QueryCost {
    return selections
      .map((selection): QueryCost => {
        if (selection.kind === Kind.FIELD) return ofField(selection);
        if (selection.kind === Kind.INLINE_FRAGMENT) return this.selections(selection.selectionSet, place, ofField);
        return this.#fragment(selection.name.value, place, ofField);
      })
      .reduce((sum, { depth, cost }) => ({ depth: Math.max(sum.depth, depth), cost: sum.cost + cost }), nothing);
  }

  #fragment(name: string, place: string, ofField: (field: FieldNode) => QueryCost): QueryCost {
    const key = `${place} ${name}`;
    const known = this.#counted.get(key);
    if (known !== undefined) return known;
    const fragment = this.#fragments.get(name);
    const total = fragment === undefined ? nothing : this.selections(fragment.selectionSet, place, ofField);
    this.#counted.set(key, total);
    return total;
  }
}
