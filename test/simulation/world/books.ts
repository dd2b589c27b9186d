import type { InProcessCloud } from '#embedded/testing.ts';
import { unfinishedShardAttribute } from '#schema/table.ts';
import { type Books, holdsOf, sortedBooks } from '#test/support/kill-rounds/books.ts';
import { tableName } from './stack.ts';

export type Item = Record<string, unknown>;

/** The whole table, as it is kept: reading it disturbs nothing. */
export const booksOf = (cloud: InProcessCloud): Books => sortedBooks(itemsOf(cloud));

export const itemsOf = (cloud: InProcessCloud): Item[] =>
  cloud.items(tableName).map((item) => plainItem(item as never));

type Value = Readonly<Record<string, unknown>>;

/** From DynamoDB's own JSON. */
export const plainItem = (item: Readonly<Record<string, Value>>): Item =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plain(value)]));

function plain(value: Value): unknown {
  const [type, inner] = Object.entries(value)[0] ?? [];
  if (type === 'N') return Number(inner);
  if (type === 'SS') return new Set(inner as string[]);
  if (type === 'M') return plainItem(inner as Record<string, Value>);
  if (type === 'L') return (inner as Value[]).map(plain);
  return inner;
}

/** To DynamoDB's own JSON, as far as plans write. */
export const wireItem = (item: Item): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [name, typeof value === 'number' ? { N: `${value}` } : { S: value }]),
  );

/** Whether there is anything for the reconciler or the audit to find. */
export function isUnfinished({ cloud }: { readonly cloud: InProcessCloud }): boolean {
  const { headers, flights } = booksOf(cloud);
  const live = new Set<unknown>();
  for (const header of headers.values()) {
    if (unfinishedShardAttribute in header) return true;
    if (header.status !== 'CANCELLED') live.add(header.execution_id);
  }
  return [...flights.values()].some((flight) => holdsOf(flight).some((hold) => !live.has(hold)));
}
