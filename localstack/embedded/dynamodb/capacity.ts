import { isDeepStrictEqual } from 'node:util';
import { itemBytes } from './item-size.ts';
import { type Input, wordOf } from './request.ts';
import { type IndexSchema, type KeySchema, namesOf } from './schema.ts';
import type { Write } from './table.ts';
import { type AttributeValue, attribute, type Item } from './values.ts';

/** A read unit is 4 kB, half of it where the read need not be consistent. A transaction takes twice as many. */
export const readUnits = (bytes: number, isConsistent: boolean): number =>
  Math.max(1, Math.ceil(bytes / 4096)) * (isConsistent ? 1 : 0.5);

/** A write unit is 1 kB. */
export const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / 1024));

/**
 * The item by the size of the larger of the two, and each index entry that changes.
 * @param factor 2 in a transaction; indexes are written after it, at their plain price
 */
export function unitsOf({ table: { schema }, before, after }: Write, factor = 1): number {
  const own = writeUnits(Math.max(itemBytes(before), itemBytes(after)));
  const entries = schema.indexes.map((index) => {
    const [old, fresh] = [before, after].map((item) => item && entryOf(item, index));
    return entryUnits(old, fresh, index);
  });
  return factor * own + entries.reduce((sum, units) => sum + units, 0);
}

/**
 * An entry whose key changes is deleted and put; one of which nothing changes costs nothing.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.ThroughputConsiderations.Writes
 */
function entryUnits(old: Item | undefined, fresh: Item | undefined, key: KeySchema): number {
  if (old === undefined || fresh === undefined) {
    const entry = old ?? fresh;
    return entry === undefined ? 0 : writeUnits(itemBytes(entry));
  }
  if (isDeepStrictEqual(old, fresh)) return 0;
  const isMoved = namesOf(key).some((name) => !isDeepStrictEqual(attribute(old, name), attribute(fresh, name)));
  const [oldUnits, freshUnits] = [old, fresh].map((entry) => writeUnits(itemBytes(entry))) as [number, number];
  return isMoved ? oldUnits + freshUnits : Math.max(oldUnits, freshUnits);
}

/** What of the item stands in the index; undefined where it is not in it. */
function entryOf(item: Item, { projected, ...key }: IndexSchema): Item | undefined {
  if (namesOf(key).some((name) => attribute(item, name) === undefined)) return undefined;
  if (projected === undefined) return item;
  const kept = Object.entries(item).filter(([name]) => projected.has(name));
  return Object.fromEntries<AttributeValue>(kept);
}

export const wantsCapacity = (input: Input): boolean =>
  wordOf(input, 'ReturnConsumedCapacity', ['NONE', 'TOTAL', 'INDEXES']) !== 'NONE';

export const consumed = (TableName: string, CapacityUnits: number) => ({ TableName, CapacityUnits });

/** By table, in the order in which they come first. */
export function consumedByTable(units: Iterable<readonly [table: string, units: number]>) {
  const sums = new Map<string, number>();
  for (const [table, some] of units) sums.set(table, (sums.get(table) ?? 0) + some);
  return [...sums].map(([table, sum]) => consumed(table, sum));
}
