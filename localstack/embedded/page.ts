import { AwsError } from './types.ts';

/** How a service tells a list in pages. */
export interface Paging {
  /** The request's member with the length of a page, where there is one. */
  readonly limit?: string;
  readonly token: string;
  /** The highest limit that is taken. */
  readonly most: number;
  /** Where the request says none; `most` by default. */
  readonly preset?: number;
  /** No page is longer, although a higher limit is taken; `most` by default. */
  readonly longest?: number;
  /** Of the error for a limit or a token that is none. */
  readonly code: string;
}

/** One page of a list whose token is the position of the next item. Numbers are texts in some protocols. */
export function page<T>(
  items: readonly T[],
  input: Readonly<Record<string, unknown>>,
  { limit: member, token, most, preset = most, longest = most, code }: Paging,
): { readonly items: readonly T[]; readonly next: string | undefined } {
  const limit = member === undefined ? preset : limitOf(input, member, { most, preset, code });
  const given = input[token] ?? '0';
  if (typeof given !== 'string' || !/^\d+$/.test(given))
    throw new AwsError(code, `The specified ${token} is invalid: ${given}`);
  const start = Number(given);
  const end = start + Math.min(limit, longest);
  return { items: items.slice(start, end), next: end < items.length ? String(end) : undefined };
}

/** A page in the answer's usual form: the list, and the token of the next page, called as the request's is. */
export function paged(
  member: string,
  all: readonly unknown[],
  input: Readonly<Record<string, unknown>>,
  paging: Paging,
): Record<string, unknown> {
  const { items, next } = page(all, input, paging);
  return { [member]: items, ...(next && { [paging.token]: next }) };
}

/** Not one that `Number()` makes of a list, of `true` or of `1e1`. */
const numberOf = (value: unknown): number =>
  typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value)) ? Number(value) : Number.NaN;

export function limitOf(
  input: Readonly<Record<string, unknown>>,
  member: string,
  { most, preset = most, code }: Pick<Paging, 'most' | 'preset' | 'code'>,
): number {
  const value = input[member] ?? preset;
  const limit = numberOf(value);
  if (Number.isInteger(limit) && limit >= 1 && limit <= most) return limit;
  const constraint = `Member must have value between 1 and ${most}`;
  const message = `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`;
  throw new AwsError(code, message);
}
