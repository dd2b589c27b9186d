import { unsatisfied, validationError } from './errors.ts';

/** AWS's limits of a transaction. */
export const MAX_TRANSACTION_ITEMS = 100;
export const MAX_TRANSACTION_BYTES = 4 * 1024 * 1024;

export interface Element {
  /** Put, Update, Delete, ConditionCheck or Get. */
  readonly kind: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** AWS demands these of an element and not of the operation of the same name. */
const demanded: Readonly<Record<string, string>> = {
  Update: 'UpdateExpression',
  ConditionCheck: 'ConditionExpression',
};

/** The elements of `TransactItems`, each with exactly one of `kinds`. Throws ValidationException. */
export function elementsOf(items: unknown, kinds: readonly string[]): Element[] {
  if (!Array.isArray(items)) throw unsatisfied('null', 'transactItems', 'Member must not be null');
  if (items.length < 1) {
    throw unsatisfied("'[]'", 'transactItems', 'Member must have length greater than or equal to 1');
  }
  if (items.length > MAX_TRANSACTION_ITEMS) {
    const value = `'[${items.length} items]'`;
    throw unsatisfied(value, 'transactItems', `Member must have length less than or equal to ${MAX_TRANSACTION_ITEMS}`);
  }
  return items.map((item, index) => elementOf(item, kinds, index));
}

function elementOf(item: Record<string, unknown>, kinds: readonly string[], index: number): Element {
  const present = kinds.filter((kind) => item?.[kind] !== undefined && item[kind] !== null);
  const [kind] = present;
  if (present.length !== 1 || kind === undefined) {
    throw validationError(
      kinds.length === 1
        ? `TransactItems can only contain ${kinds[0]}`
        : 'TransactItems can only contain one of Check, Put, Update or Delete',
    );
  }
  const input = item[kind] as Record<string, unknown>;
  const member = demanded[kind];
  if (member !== undefined && (input[member] === undefined || input[member] === null)) {
    const path = `transactItems.${index + 1}.member.${lowerFirst(kind)}.${lowerFirst(member)}`;
    throw unsatisfied('null', path, 'Member must not be null');
  }
  return { kind, input };
}

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
