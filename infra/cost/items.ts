import type { indexes } from '#schema/table.ts';

export type IndexName = (typeof indexes)[keyof typeof indexes]['name'];

/** What of an item happens in an index: an entry that moves, since its key changes, is written twice. */
export type Entry = 'enters' | 'leaves' | 'changes' | 'moves';

/** Items by what they are; a leg's by its name. `tiny` is what has no item: a refused write of nothing. */
export type ItemName = string;

/** Bytes, by DynamoDB's rules. */
export interface ItemSizes {
  readonly items: Readonly<Record<ItemName, number>>;
  /** Of entries of indexes that do not have the whole item. */
  readonly entries: Readonly<Partial<Record<IndexName, number>>>;
  /** Of one seat hold in the flight's item. */
  readonly seatHold: number;
}

/** What a call of DynamoDB does. */
export type DynamoDbCall = {
  /** As the trace names it. */
  readonly operation: 'GetItem' | 'Query' | 'Scan' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'TransactWriteItems';
  /** A transaction has several. Empty for a read that finds nothing, and for a refused write of nothing. */
  readonly items: readonly ItemName[];
  readonly entries?: Readonly<Partial<Record<IndexName, Entry>>>;
  /** Of a read. */
  readonly consistent?: boolean;
};

export interface Units {
  readonly read: number;
  readonly write: number;
  /** Of `write`, what the table takes itself; the rest is for its indexes. */
  readonly own: number;
}

/** Of the flight's item, with so many seats taken. */
export const inventoryBytes = ({ items, seatHold }: ItemSizes, seatsTaken: number): number =>
  (items.inventory ?? 0) + (seatsTaken === 0 ? 0 : 'seatHolds'.length + seatsTaken * seatHold);

/** The sizes once the run has taken its own seat, too. */
export const withSeatHolds = (sizes: ItemSizes, seatsTaken: number): ItemSizes => ({
  ...sizes,
  items: { ...sizes.items, inventory: inventoryBytes(sizes, seatsTaken + 1) },
});

const unitsOf = (bytes: number, unit: number): number => Math.max(1, Math.ceil(bytes / unit));
const isRead = (operation: DynamoDbCall['operation']): boolean => ['GetItem', 'Query', 'Scan'].includes(operation);

/**
 * Capacity units of a call: 4 kB a read unit, half of it where the read need not be consistent; 1 kB a write unit, twice as many
 * for each item of a transaction; entries of indexes besides.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
export function capacityUnits(
  { operation, items, entries = {}, consistent = false }: DynamoDbCall,
  sizes: ItemSizes,
): Units {
  const bytes = items.map((item) => sizeOf(item, sizes));
  if (isRead(operation)) {
    const sum = bytes.reduce((total, one) => total + one, 0);
    return { read: unitsOf(sum, 4096) * (consistent ? 1 : 0.5), write: 0, own: 0 };
  }
  const factor = operation === 'TransactWriteItems' ? 2 : 1;
  const own = (bytes.length === 0 ? [0] : bytes).reduce((total, one) => total + factor * unitsOf(one, 1024), 0);
  const [item = ''] = items;
  const ofIndexes = Object.entries(entries).map(([index, entry]) => {
    const size = sizes.entries[index as IndexName] ?? sizeOf(item, sizes);
    return unitsOf(size, 1024) * (entry === 'moves' ? 2 : 1);
  });
  return { read: 0, write: ofIndexes.reduce((total, one) => total + one, own), own };
}

/** @throws Error for an item whose size was never recorded */
function sizeOf(item: ItemName, { items }: ItemSizes): number {
  const bytes = items[item];
  if (bytes === undefined) throw new Error(`No size of the item "${item}" is recorded: npm run cost:record`);
  return bytes;
}
