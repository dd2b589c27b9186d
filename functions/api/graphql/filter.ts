import type {
  ModelBookingStatusInput,
  ModelBooleanInput,
  ModelFloatInput,
  ModelIdInput,
  ModelIntInput,
  ModelSizeInput,
  ModelStringInput,
} from '#schema/graphql/types.ts';
import { invalidArgument } from './errors.ts';

/** What a filter looks at: an item's attributes; one that is not there is undefined. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Amplify's `Model…FilterInput` and `Model…ConditionInput`, as GraphQL has coerced them. */
export type FilterInput = Readonly<Record<string, unknown>>;

/** All that a filter's input may name; does not compile where one of them is missing, since it would match nothing. */
export type AttributesOf<Filter> = Attributes & Readonly<Record<Exclude<keyof Filter, 'and' | 'or' | 'not'>, Value>>;

type Predicate = (attributes: Attributes) => boolean;
type Value = Attributes[string];
type Test = (value: Value) => boolean;

/** DynamoDB admits as many operators and functions in an expression. */
const maxConditions = 300;
/** Far above what people write, far below what exhausts the stack. */
const maxDepth = 20;

const always: Predicate = () => true;

/**
 * A filter as DynamoDB's filter expressions mean it: comparisons are by type and then by value, strings by their UTF-8
 * bytes; an attribute that is not there meets only `ne`, `notContains` and `attributeExists: false`. Conditions side
 * by side all have to hold. What is null or empty says nothing, but null as the operand of `eq` and `ne` stands for
 * DynamoDB's own null, which no attribute here is.
 * @throws GraphQlRequestError on operands that DynamoDB refuses
 */
export function compileFilter(filter: FilterInput | null | undefined): Predicate {
  const budget = { left: maxConditions };
  return compile(filter, budget, 0) ?? always;
}

/** Whether it says anything at all. */
export const isEmptyFilter = (filter: FilterInput | null | undefined): boolean =>
  compile(filter, { left: maxConditions }, 0) === undefined;

/** Whether the filter mentions the attribute, at any depth. */
export function mentionsAttribute(filter: unknown, attribute: string): boolean {
  if (Array.isArray(filter)) return filter.some((inner) => mentionsAttribute(inner, attribute));
  return Object.entries(filter ?? {}).some(
    ([name, inner]) =>
      name === attribute || (['and', 'or', 'not'].includes(name) && mentionsAttribute(inner, attribute)),
  );
}

interface Budget {
  left: number;
}

function compile(filter: FilterInput | null | undefined, budget: Budget, depth: number): Predicate | undefined {
  if (filter === null || filter === undefined) return undefined;
  if (depth > maxDepth) throw invalidArgument(`A filter may be nested at most ${maxDepth} deep`);
  const nested = (inner: unknown) => compile(inner as FilterInput | null, budget, depth + 1);
  const listed = (inner: unknown) => ((inner ?? []) as unknown[]).map(nested).filter((one) => one !== undefined);
  return all(
    Object.entries(filter).map(([name, condition]) => {
      if (name === 'and') return all(listed(condition));
      if (name === 'or') return any(listed(condition));
      if (name === 'not') return negated(nested(condition));
      const test = compileCondition(name, condition as Condition | null, budget);
      return test && ((attributes) => test(attributes[name]));
    }),
  );
}

function all<Subject>(
  predicates: readonly (((subject: Subject) => boolean) | undefined)[],
): ((subject: Subject) => boolean) | undefined {
  const present = predicates.filter((one) => one !== undefined);
  if (present.length === 0) return undefined;
  return (subject) => present.every((one) => one(subject));
}

function any(predicates: readonly Predicate[]): Predicate | undefined {
  if (predicates.length === 0) return undefined;
  return (attributes) => predicates.some((one) => one(attributes));
}

const negated = (predicate: Predicate | undefined): Predicate | undefined =>
  predicate && ((attributes) => !predicate(attributes));

type Condition = Readonly<Record<string, unknown>>;

function compileCondition(name: string, condition: Condition | null, budget: Budget): Test | undefined {
  return all(
    Object.entries(condition ?? {}).map(([operator, operand]) => {
      budget.left -= 1;
      if (budget.left < 0) throw invalidArgument(`A filter may have at most ${maxConditions} conditions`);
      return compileOperator(`${name}.${operator}`, operator as Operator, operand);
    }),
  );
}

type ModelInput = ModelStringInput & ModelIdInput & ModelIntInput & ModelFloatInput & ModelBooleanInput;
type Operator = keyof (ModelInput & ModelSizeInput & ModelBookingStatusInput);

/** Does not compile where the schema has an operator without a case. */
function compileOperator(place: string, operator: Operator, operand: unknown): Test | undefined {
  switch (operator) {
    case 'eq':
      return (value) => value === operand;
    case 'ne':
      return (value) => value !== operand;
    case 'contains':
      return (value) => contains(value, operand);
    case 'notContains':
      return (value) => !contains(value, operand);
    case 'attributeExists':
      return operand === null ? undefined : (value) => (value !== undefined) === operand;
    case 'attributeType':
      return operand === null ? undefined : (value) => typeNames[typeof value as keyof typeof typeNames] === operand;
    case 'size':
      return compileSize(place, operand as Condition | null);
    case 'between':
      return between(place, operand);
    case 'beginsWith': {
      const prefix = present(place, operand);
      return (value) => typeof value === 'string' && value.startsWith(String(prefix));
    }
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
      return ordering(operator, present(place, operand));
    default:
      return withoutCase(operator);
  }
}

function withoutCase(operator: never): never {
  throw new Error(`Unknown operator ${operator}: the schema has it, filter.ts must too`);
}

/** DynamoDB's names of types, as `ModelAttributeTypes` has them. */
const typeNames = { string: 'string', number: 'number', boolean: 'bool' } as const;

const contains = (value: Value, operand: unknown): boolean =>
  typeof value === 'string' && typeof operand === 'string' && value.includes(operand);

/** The number of a string's characters; a value without a size meets only `ne`. */
function compileSize(place: string, sizes: Condition | null): Test | undefined {
  const test = all(
    Object.entries(sizes ?? {}).map(([operator, operand]) =>
      compileOperator(`${place}.${operator}`, operator as Operator, operand),
    ),
  );
  return test && ((value) => test(typeof value === 'string' ? value.length : undefined));
}

type Operand = string | number;

function between(place: string, operand: unknown): Test {
  const bounds = (operand ?? []) as unknown[];
  if (bounds.length !== 2) throw invalidArgument(`"${place}" expects exactly 2 elements`);
  const [low, high] = bounds.map((bound) => present(place, bound)) as [Operand, Operand];
  if (compare(low, high) > 0) throw invalidArgument(`"${place}" must have its lower bound first`);
  const [from, to] = [ordering('ge', low), ordering('le', high)];
  return (value) => from(value) && to(value);
}

function present(place: string, operand: unknown): Operand {
  if (operand === null || operand === undefined) throw invalidArgument(`"${place}" must not be null`);
  return operand as Operand;
}

function ordering(operator: 'lt' | 'le' | 'gt' | 'ge', operand: Operand): Test {
  return (value) => {
    if (typeof value !== typeof operand) return false;
    const order = compare(value as Operand, operand);
    switch (operator) {
      case 'lt':
        return order < 0;
      case 'le':
        return order <= 0;
      case 'gt':
        return order > 0;
      case 'ge':
        return order >= 0;
    }
  };
}

/** JavaScript orders strings by UTF-16 units, which differs from their bytes' order beyond the basic plane. */
export function compare(one: Operand, other: Operand): number {
  if (typeof one === 'string' && typeof other === 'string') return Buffer.compare(Buffer.from(one), Buffer.from(other));
  return Number(one) - Number(other);
}
