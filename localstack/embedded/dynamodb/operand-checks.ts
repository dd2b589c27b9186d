import type { AttributeValue, Expression, Operand, Request } from 'dynalite/db/index.js';
import { typeOf } from './conditions.ts';
import { validationError } from './errors.ts';

const ORDERING = new Set(['<', '<=', '>', '>=', 'between']);
const ORDERED_TYPES = new Set(['S', 'N', 'B']);

/** Refuses an order of values that have none, which AWS sees when it parses and dynalite does not. */
export function checkOperands({ _condition: condition, _filter: filter }: Request): void {
  if (condition !== undefined) check(condition.expression, 'ConditionExpression');
  if (filter !== undefined) check(filter.expression, 'FilterExpression');
}

function check({ type, args }: Expression, member: string): void {
  for (const operand of args) {
    if (isExpression(operand)) check(operand, member);
    else if (ORDERING.has(type) && !Array.isArray(operand) && !ORDERED_TYPES.has(typeOf(operand))) {
      throw validationError(
        `Invalid ${member}: Incorrect operand type for operator or function; operator or function: ${type.toUpperCase()}, operand type: ${typeOf(operand)}`,
      );
    }
  }
}

const isExpression = (operand: Operand): operand is Expression =>
  !Array.isArray(operand) && 'type' in (operand as AttributeValue | Expression);
