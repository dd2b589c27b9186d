import { isDeepStrictEqual } from 'node:util';
import { itemBytes } from './item-size.ts';
import type { Input, Output } from './request.ts';
import { type IndexSchema, type KeySchema, namesOf } from './schema.ts';
import type { Write } from './table.ts';
import { type AttributeValue, attribute, type Item } from './values.ts';

/** A read unit is 4 kB, half of it where the read need not be consistent. A transaction takes twice as many. */
export const readUnits = (bytes: number, isConsistent: boolean): number =>
  Math.max(1, Math.ceil(bytes / 4096)) * (isConsistent ? 1 : 0.5);

/** A write unit is 1 kB. */
export const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / 1024));

/** What a call uses of one table. */
export interface Units {
  readonly table: string;
  /** Of the table itself. */
  readonly own: number;
  readonly ofIndexes: readonly (readonly [index: IndexSchema, units: number])[];
}

/**
 * The item by the size of the larger of the two, and each index entry that changes.
 * @param factor 2 in a transaction; indexes are written after it, at their plain price
 */
export function unitsOf({ table: { schema }, before, after }: Write, factor = 1): Units {
  const own = writeUnits(Math.max(itemBytes(before), itemBytes(after)));
  const entries = schema.indexes.map((index) => {
    const [old, fresh] = [before, after].map((item) => item && entryOf(item, index));
    return [index, entryUnits(old, fresh, index)] as const;
  });
  return { table: schema.name, own: factor * own, ofIndexes: entries.filter(([, units]) => units > 0) };
}

/** Of a read of the table itself. */
export const unitsOfRead = (table: string, own: number): Units => ({ table, own, ofIndexes: [] });

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

/** By table, in the order in which they come first: the sums, and with INDEXES their parts. */
function capacityOf({ ReturnConsumedCapacity }: Input, units: readonly Units[]): Output[] {
  return [...Map.groupBy(units, ({ table }) => table)].map(([TableName, some]) => {
    const own = some.reduce((sum, { own }) => sum + own, 0);
    const parts = some.flatMap(({ ofIndexes }) => ofIndexes);
    const CapacityUnits = parts.reduce((sum, [, units]) => sum + units, own);
    if (ReturnConsumedCapacity !== 'INDEXES') return { TableName, CapacityUnits };
    const of = (member: string, local: boolean) => {
      const sums: Record<string, { CapacityUnits: number }> = {};
      for (const [{ name, isLocal }, units] of parts) {
        if (isLocal === local) sums[name] = { CapacityUnits: (sums[name]?.CapacityUnits ?? 0) + units };
      }
      return Object.keys(sums).length > 0 ? { [member]: sums } : {};
    };
    const indexes = { ...of('GlobalSecondaryIndexes', false), ...of('LocalSecondaryIndexes', true) };
    return { TableName, CapacityUnits, Table: { CapacityUnits: own }, ...indexes };
  });
}

const isAsked = ({ ReturnConsumedCapacity: asked }: Input): boolean => (asked ?? 'NONE') !== 'NONE';

/** The answer's member, where the request asks for it. */
export const consumed = (input: Input, units: () => Units): Output =>
  isAsked(input) ? { ConsumedCapacity: capacityOf(input, [units()])[0] } : {};

/** The same of calls that may be about several tables. */
export const consumedByTable = (input: Input, units: () => readonly Units[]): Output =>
  isAsked(input) ? { ConsumedCapacity: capacityOf(input, units()) } : {};
