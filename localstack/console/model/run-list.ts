/** The list of runs: merging, filtering, counting. */
import type { RunRow } from './wire.ts';

/** Most rows that the page keeps, as the server lists them. */
const mostRows = 1_000;

/** Rows in their place or at the top, newest first. */
export function mergedRows(rows: readonly RunRow[], news: readonly RunRow[]): RunRow[] {
  const byName = new Map(rows.map((row) => [row.name, row]));
  for (const row of news) byName.set(row.name, row);
  return [...byName.values()].sort((one, other) => other.startedAt - one.startedAt).slice(0, mostRows);
}

export interface RunFilter {
  /** Empty for all; so are the others. */
  readonly status: string;
  readonly runType: string;
  /** Part of a name, trip, customer, run type or error; letter case does not matter. */
  readonly text: string;
}

export function filteredRows(rows: readonly RunRow[], { status, runType, text }: RunFilter): RunRow[] {
  const wanted = text.trim().toLowerCase();
  return rows.filter(
    (row) =>
      (status === '' || row.status === status) &&
      (runType === '' || row.runType === runType) &&
      (wanted === '' || textOf(row).includes(wanted)),
  );
}

const textOf = ({ name, trip, customer, runType, error }: RunRow): string =>
  [name, trip, customer, runType, error].join('\n').toLowerCase();

/** How many there are of each value, the most first. */
export function countsOf(values: readonly (string | undefined)[]): [value: string, count: number][] {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one);
}

/** The other runs about the same booking, by the beginning of their names: `<trip>.<suffix>`, and `.cancel` or a redrive behind it. */
export function relatedRuns(rows: readonly RunRow[], name: string): RunRow[] {
  const booking = name.split('.').slice(0, 2).join('.');
  return rows.filter((row) => row.name !== name && (row.name === booking || row.name.startsWith(`${booking}.`)));
}
