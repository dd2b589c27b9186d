import type { Change, Collection, Store, StoreFile } from './contract.ts';
import { OrderedMap } from './ordered-map.ts';
import { openStoreFile } from './store-file.ts';

export type { Change, Collection, Store } from './contract.ts';
export type { Range } from './ordered-map.ts';

/**
 * A folder may be open in one process at a time. Without one, records last as long as the process.
 * @throws Error that names the folder and what to do
 */
export function openStore(folder?: string): Store {
  return createStore(folder === undefined ? undefined : openStoreFile(folder));
}

/** A record before a change. */
interface Former {
  readonly records: OrderedMap<unknown>;
  readonly key: string;
  readonly value: unknown;
}

function assign<Value>(records: OrderedMap<Value>, key: string, value: Value | undefined): void {
  if (value === undefined) records.delete(key);
  else records.set(key, value);
}

export function createStore(file?: StoreFile): Store {
  const collections = new Map<string, OrderedMap<unknown>>();
  /** Of the batch under way. */
  let changes: Change[] | undefined;
  let former: Former[] = [];
  let closed = false;

  function recordsOf(name: string): OrderedMap<unknown> {
    const known = collections.get(name);
    if (known) return known;
    const records = new OrderedMap<unknown>();
    collections.set(name, records);
    return records;
  }

  function batch<Result>(write: () => Result): Result {
    if (changes) return write();
    changes = [];
    former = [];
    try {
      const result = write();
      // What comes once the store is closed was not acknowledged to a client: the services have closed before it.
      if (!closed && changes.length > 0) file?.write(changes);
      return result;
    } catch (error) {
      for (const { records, key, value } of former.reverse()) assign(records, key, value);
      throw error;
    } finally {
      changes = undefined;
    }
  }

  function collection<Value>(name: string): Collection<Value> {
    const records = recordsOf(name) as OrderedMap<Value>;
    const change = (key: string, value: Value | undefined): void => {
      if (changes === undefined) {
        batch(() => change(key, value));
        return;
      }
      former.push({ records: records as OrderedMap<unknown>, key, value: records.get(key) });
      assign(records, key, value);
      changes.push({ collection: name, key, value });
    };
    return {
      get size() {
        return records.size;
      },
      get: (key) => records.get(key),
      put: change,
      delete(key) {
        if (records.has(key)) change(key, undefined);
      },
      entries: (range) => records.entries(range),
    };
  }

  for (const { collection: name, key, value } of file?.load() ?? []) recordsOf(name).set(key, value);
  return {
    collection,
    batch,
    async close() {
      closed = true;
      await file?.close();
    },
  };
}
