import type { Page, PageRequest } from '#functions/shared/http/page.ts';
import { cursorOf, pageTokenOf } from '#functions/shared/http/page-token.ts';
import { invalidArgument } from './errors.ts';
import { type Attributes, compileFilter, type FilterInput } from './filter.ts';
import { given } from './text-rules.ts';

/** Amplify's own, where a query gives none. */
export const defaultLimit = 100;
/** AppSync's own for DynamoDB. A page may always be shorter than asked for. */
export const maxLimit = 1000;

export interface ConnectionArguments {
  readonly filter?: FilterInput | null;
  readonly limit?: number | null;
  readonly nextToken?: string | null;
}

export interface Connection<Item> {
  readonly items: readonly Item[];
  readonly nextToken: string | null;
}

/** How many items a query reads; they are counted before the filter, so a short page with a token is right. */
function limitOf(limit: number | null | undefined): number {
  if (limit === null || limit === undefined) return defaultLimit;
  if (limit < 1) throw invalidArgument('"limit" must be at least 1');
  return Math.min(limit, maxLimit);
}

/** A page of what `read` gives, filtered. `query` is what the token belongs to: the caller, the operation, its keys. */
export async function connectionOf<Item>(
  { filter, limit, nextToken }: ConnectionArguments,
  {
    query,
    read,
    attributesOf,
  }: {
    readonly query: unknown;
    readonly read: (request: PageRequest) => Promise<Page<Item>>;
    readonly attributesOf: (item: Item) => Attributes;
  },
): Promise<Connection<Item>> {
  const matches = compileFilter(filter);
  const cursor = given(nextToken, (token) => cursorOf(query, token));
  const page = await read({ limit: limitOf(limit), cursor });
  return {
    items: page.items.filter((item) => matches(attributesOf(item))),
    nextToken: page.cursor === undefined ? null : pageTokenOf(query, page.cursor),
  };
}

export const emptyConnection: Connection<never> = { items: [], nextToken: null };
