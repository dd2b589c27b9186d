import { StackError } from './stack-error.ts';

/** A value inside a template. Terraform refuses null, lists and objects there. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new StackError(`a string is needed, got ${value === null ? 'null' : JSON.stringify(value)}; use jsonencode(…)`);
}
