import db, {
  type Callback,
  type IndexDescription,
  type Item,
  type LevelOperation,
  type TableDescription,
} from 'dynalite/db/index.js';
import { indexPrefix, itemPrefix, type Store } from './store.ts';

/**
 * The store as one of dynalite's writing actions sees it while its item is locked: it reads the item that was fetched
 * before, and what it writes goes into `operations`, to be committed with the rest of the request.
 */
export function stagingStore(store: Store, key: string, existing: Item | undefined, operations: LevelOperation[]) {
  return {
    options: store.options,
    getTable: (name: string, callback: Callback) => callback(null, store.tables.get(name)),
    getItemDb: (table: string) => ({
      lock: (_key: string, work: (release: (callback: Callback) => Callback) => void) => work((callback) => callback),
      get: (_key: string, callback: Callback) => callback(null, existing),
      put: (_key: string, value: unknown, callback: Callback) => {
        operations.push({ type: 'put', key: itemPrefix(table) + key, value });
        callback(null);
      },
      del: (_key: string, callback: Callback) => {
        operations.push({ type: 'del', key: itemPrefix(table) + key });
        callback(null);
      },
    }),
    getIndexDb: (type: string, table: string, index: string) => ({
      put: (indexKey: string, value: unknown, callback: Callback) => {
        operations.push({ type: 'put', key: indexPrefix(type, table, index) + indexEntry(indexKey, key), value });
        callback(null);
      },
      del: (indexKey: string, callback: Callback) => {
        operations.push({ type: 'del', key: indexPrefix(type, table, index) + indexEntry(indexKey, key) });
        callback(null);
      },
    }),
  };
}

/**
 * Dynalite tells entries of equal index keys apart by 24 bits of a hash of the item's key: with a few thousand items
 * of one customer two collide, and one vanishes from the index. The whole key behind it rules that out.
 */
const indexEntry = (indexKey: string, key: string): string => `${indexKey}/${key}`;

export const startSuffix = (start: Item, table: TableDescription): string => `/${db.createKey(start, table)}`;

/** Index entries of an item that is new to its indexes. */
export function indexEntriesOf(table: TableDescription, item: Item): LevelOperation[] {
  const key = db.createKey(item, table);
  const entries = (type: string, indexes: readonly IndexDescription[] = []) =>
    db.getIndexActions(indexes, undefined, item, table).puts.map((put) => ({
      type: 'put' as const,
      key: indexPrefix(type, table.TableName, put.index) + indexEntry(put.key, key),
      value: put.item,
    }));
  return [...entries('local', table.LocalSecondaryIndexes), ...entries('global', table.GlobalSecondaryIndexes)];
}
