import type { Request } from 'dynalite/db/index.js';
import validations from 'dynalite/validations/index.js';
import { asAwsError } from './errors.ts';
import { checkOperands } from './operand-checks.ts';
import { rememberParsedExpressions } from './parsed-expressions.ts';

rememberParsedExpressions();

export type Action = (
  store: unknown,
  data: unknown,
  callback: (error?: unknown, result?: Record<string, unknown> | '') => void,
) => void;

interface Validation {
  readonly types: Record<string, unknown>;
  readonly custom?: unknown;
}

/** The input as dynalite's actions want it (checked, expressions parsed); the caller's own object stays as it is. */
export function validated(validation: Validation, input: Readonly<Record<string, unknown>>, store: unknown): Request {
  try {
    const request = validations.checkTypes({ ...input }, validation.types);
    validations.checkValidations(request, validation.types, validation.custom, store);
    checkOperands(request as unknown as Request);
    return request as unknown as Request;
  } catch (error) {
    throw asAwsError(error);
  }
}

export function run(action: Action, store: unknown, request: unknown): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    action(store, request, (error, result) => {
      if (error) reject(asAwsError(error));
      else resolve(withoutUndefined(result === '' || result === undefined ? {} : result));
    });
  });
}

function withoutUndefined(result: Record<string, unknown>): Record<string, unknown> {
  for (const name in result) if (result[name] === undefined) delete result[name];
  return result;
}

/** A copy without null prototypes, which dynalite's projections and updates have and callers choke on. */
export function plain<T>(value: T): T {
  if (Array.isArray(value)) return value.map(plain) as T;
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const name in value) {
    const member = plain(value[name]);
    // Assigning to this name would set the copy's prototype instead.
    if (name === '__proto__') Object.defineProperty(copy, name, { value: member, enumerable: true });
    else copy[name] = member;
  }
  return copy as T;
}
