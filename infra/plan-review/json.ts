export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** A block as an object: a plan has blocks as lists of one, a synthesized file as it was written. */
export function blockOf(value: Json | undefined): JsonObject | undefined {
  const first = isList(value) ? value[0] : value;
  return isObject(first) ? first : undefined;
}

/** The value at a path of property names and indexes. */
export function at(value: Json | undefined, path: readonly (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>((inner, step) => {
    if (isList(inner)) return inner[Number(step)];
    return isObject(inner) ? inner[step] : undefined;
  }, value);
}

/** Deep equality that does not look at the order of properties. */
export function isSame(one: Json | undefined, other: Json | undefined): boolean {
  return canonical(one) === canonical(other);
}

/** JSON text with sorted properties. */
export function canonical(value: Json | undefined): string {
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`)
    .join(',')}}`;
}

/** The object that a text holds; undefined where it is none. */
export function parsedObject(text: Json | undefined): JsonObject | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The value, with a text that holds JSON taken for what it holds: order and blanks in it say nothing. */
export function unfolded(value: Json | undefined): Json | undefined {
  return typeof value === 'string' && value.startsWith('{') ? (parsedObject(value) ?? value) : value;
}

/** The value with each text in it changed, names of properties left out. */
export function withTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (isList(value)) return value.map((inner) => withTexts(inner, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, inner === undefined ? undefined : withTexts(inner, change)]),
  );
}

/** Whether a provider may write one for the other: what is absent for what is empty. */
export function isSameSetting(one: Json | undefined, other: Json | undefined): boolean {
  return isSame(withoutEmpty(one), withoutEmpty(other));
}

function withoutEmpty(value: Json | undefined): Json | undefined {
  if (value === '' || value === 0 || value === false || value === null) return undefined;
  if (isList(value)) {
    const list = value.map((inner) => withoutEmpty(inner) ?? null);
    return list.length === 0 ? undefined : list;
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, withoutEmpty(inner)] as const);
  const told = entries.filter(([, inner]) => inner !== undefined);
  return told.length === 0 ? undefined : Object.fromEntries(told);
}
