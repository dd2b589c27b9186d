import { isObject } from './values.ts';

/** A request's or an answer's members. */
export type Json = Record<string, unknown>;

/** Undefined where the text is no JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Undefined where the text is no JSON object. */
export function jsonObject(text: string): Json | undefined {
  const value = parsedJson(text);
  return isObject(value) ? value : undefined;
}

/** Every member as text, as the query protocol gives it. */
export const textMembers = (given: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(given ?? {}).map(([name, value]) => [name, String(value)]));
