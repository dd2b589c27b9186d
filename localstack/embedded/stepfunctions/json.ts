export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Step Functions' quota for the input or output of a state, a task or an execution. */
export const MAX_DATA_BYTES = 256 * 1024;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON text of any value; what JSON can't express (undefined, a function) counts as null, as a function's empty reply does. */
export function textOf(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}

/** UTF-8 length of a text; skips the count where even 3 bytes a character stay below the quota. */
export function exceedsQuota(text: string): boolean {
  return text.length * 3 > MAX_DATA_BYTES && Buffer.byteLength(text) > MAX_DATA_BYTES;
}
