import { StackError } from './stack-error.ts';
import type { TerraformFunction } from './terraform-function.ts';

type Values = readonly unknown[];
type Mapping = Readonly<Record<string, unknown>>;

/** Terraform's set: without duplicates, and in order when it holds strings. */
function toset(values: Values): unknown[] {
  const distinct = unique(values);
  return distinct.every((value) => typeof value === 'string') ? distinct.sort() : distinct;
}

function unique(values: Values): unknown[] {
  const seen = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...seen.values()];
}

/** A missing key without a default is an error, as in Terraform. */
function lookup(mapping: Mapping, key: string, ...fallback: unknown[]): unknown {
  if (Object.hasOwn(mapping, key)) return mapping[key];
  if (fallback.length > 0) return fallback[0];
  throw new StackError(`lookup: no key "${key}"; known are ${Object.keys(mapping).join(', ')}`);
}

export const collectionFunctions: Readonly<Record<string, TerraformFunction>> = {
  coalesce: (...values: Values) =>
    values.find((value) => value !== null && value !== '') ?? fail('coalesce: no value given'),
  compact: (values: Values) => values.filter((value) => value !== null && value !== ''),
  concat: (...lists: Values[]) => lists.flat(),
  contains: (values: Values, value: unknown) => values.some((each) => JSON.stringify(each) === JSON.stringify(value)),
  distinct: unique,
  /** Wraps around, so an index past the end is allowed. */
  element: (values: Values, index: number) =>
    values.length === 0
      ? fail('element: the list is empty')
      : values[((index % values.length) + values.length) % values.length],
  flatten: (values: Values) => values.flat(Number.POSITIVE_INFINITY),
  keys: (mapping: Mapping) => Object.keys(mapping).sort(),
  length: (value: string | Values | Mapping) =>
    typeof value === 'string' || Array.isArray(value) ? value.length : Object.keys(value).length,
  lookup,
  merge: (...mappings: (Mapping | null)[]) => Object.assign({}, ...mappings),
  slice: (values: Values, from: number, to: number) => values.slice(from, to),
  sort: (values: readonly string[]) => values.toSorted(),
  tolist: (values: Values) => [...values],
  tomap: (mapping: Mapping) => ({ ...mapping }),
  toset,
  values: (mapping: Mapping) =>
    Object.keys(mapping)
      .sort()
      .map((key) => mapping[key]),
};

function fail(problem: string): never {
  throw new StackError(problem);
}
