import type { KeyCondition } from '#functions/shared/http/key-condition.ts';
import type {
  ModelFlightByDepartureScheduleCompositeKeyConditionInput,
  ModelStringKeyConditionInput,
} from '#schema/graphql/types.ts';
import { invalidArgument } from './errors.ts';
import { compare } from './filter.ts';

/** DynamoDB's limits of a key's parts. */
const maxPartitionKeyBytes = 2048;
const maxSortKeyBytes = 1024;

type OperatorOf<Condition> = Condition extends unknown ? keyof Condition : never;

/** One operator of a key condition input; only `between` has two operands. */
interface Operation<Operand> {
  readonly operator: keyof (ModelStringKeyConditionInput & ModelFlightByDepartureScheduleCompositeKeyConditionInput);
  readonly operands: readonly Operand[];
}

/** Amplify's `ModelStringKeyConditionInput`. */
export function stringKeyCondition(argument: string, input: object | null | undefined): KeyCondition | undefined {
  const operation = operationOf<string>(argument, input);
  return operation && keyCondition(argument, operation);
}

/** One part of a composite sort key after the other, as Amplify joins them. */
export type CompositeKey<Part extends string> = Readonly<Partial<Record<Part, string | null>>>;

/** Amplify's `Model…CompositeKeyConditionInput`: parts are given from the left, and those that are joined with `#`. */
export function compositeKeyCondition<Part extends string>(
  argument: string,
  parts: readonly Part[],
  input: object | null | undefined,
): KeyCondition | undefined {
  const operation = operationOf<CompositeKey<Part>>(argument, input);
  if (operation === undefined) return undefined;
  const place = `${argument}.${operation.operator}`;
  const operands = operation.operands.map((key) => joined(place, parts, key));
  return keyCondition(argument, { ...operation, operands });
}

/** The partition's key: without it there is no query. */
export function partitionKey(argument: string, value: string | null | undefined, sortKey: string | undefined): string {
  if (value === null || value === undefined || value.trim() === '') {
    throw invalidArgument(
      sortKey === undefined
        ? `Argument '${argument}' must be given`
        : `When providing argument '${sortKey}' you must also provide arguments ${argument}`,
    );
  }
  return withinBytes(argument, value, maxPartitionKeyBytes);
}

function operationOf<Operand>(argument: string, input: object | null | undefined): Operation<Operand> | undefined {
  const given = Object.entries(input ?? {}).filter(([, operand]) => operand !== null);
  if (given.length > 1) {
    throw invalidArgument(`Argument ${argument} must specify at most one key condition operation.`);
  }
  const [operation] = given;
  if (operation === undefined) return undefined;
  const [operator, operand] = operation as [Operation<Operand>['operator'], Operand | readonly (Operand | null)[]];
  if (operator !== 'between') return { operator, operands: [operand as Operand] };
  const [from = null, to = null, ...more] = operand as readonly (Operand | null)[];
  if (from === null || to === null || more.length > 0) {
    throw invalidArgument(`Argument ${argument}.between expects exactly 2 elements.`);
  }
  return { operator, operands: [from, to] };
}

function joined<Part extends string>(place: string, parts: readonly Part[], key: CompositeKey<Part>): string {
  const values = parts.map((part) => key[part] ?? undefined);
  const gap = values.findIndex((value, index) => index > 0 && value !== undefined && !values[index - 1]?.trim());
  if (gap > 0) {
    throw invalidArgument(
      `When providing argument '${place}.${parts[gap]}' you must also provide '${place}.${parts[gap - 1]}'.`,
    );
  }
  return values.filter((value) => value !== undefined).join('#');
}

function keyCondition(argument: string, { operator, operands }: Operation<string>): KeyCondition {
  for (const value of operands) {
    // DynamoDB refuses empty keys; a condition that means nothing had better be told.
    if (value === '') throw invalidArgument(`"${argument}.${operator}" must not be empty`);
    withinBytes(`${argument}.${operator}`, value, maxSortKeyBytes);
  }
  const [from = '', to = from] = operands;
  if (operator !== 'between') {
    // Does not compile where the schema has an operator that no key condition has.
    const known: Exclude<OperatorOf<KeyCondition>, 'between'> = operator;
    return { [known]: from } as unknown as KeyCondition;
  }
  if (compare(from, to) > 0) throw invalidArgument(`"${argument}.between" must have its lower bound first`);
  return { between: [from, to] };
}

function withinBytes(place: string, value: string, maxBytes: number): string {
  if (Buffer.byteLength(value) > maxBytes) throw invalidArgument(`"${place}" must be at most ${maxBytes} bytes long`);
  return value;
}
