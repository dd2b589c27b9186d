import { type Input, wordOf } from './request.ts';

/** A read unit is 4 kB, half of it where the read need not be consistent; a write unit 1 kB. A transaction takes twice as many. */
export const readUnits = (bytes: number, isConsistent: boolean): number =>
  Math.max(1, Math.ceil(bytes / 4096)) * (isConsistent ? 1 : 0.5);

/** The item, and each index entry that changes, by the size of the larger of the two items. */
export const writeUnits = (bytes: number, indexEntries: number): number =>
  Math.max(1, Math.ceil(bytes / 1024)) * (1 + indexEntries);

export const wantsCapacity = (input: Input): boolean =>
  wordOf(input, 'ReturnConsumedCapacity', ['NONE', 'TOTAL', 'INDEXES']) !== 'NONE';

export const consumed = (TableName: string, CapacityUnits: number) => ({ TableName, CapacityUnits });

/** By table, in the order in which they come first. */
export function consumedByTable(units: Iterable<readonly [table: string, units: number]>) {
  const sums = new Map<string, number>();
  for (const [table, some] of units) sums.set(table, (sums.get(table) ?? 0) + some);
  return [...sums].map(([table, sum]) => consumed(table, sum));
}
