import type { Closable } from '../types.ts';
import { OrderedMap, type Range } from './ordered-map.ts';
import { openStoreFile } from './store-file.ts';

export type { Range } from './ordered-map.ts';

/**
 * Where every service keeps its records: in memory, and with a data folder also in a file that outlives the process.
 *
 * All calls are synchronous. When one returns, its change has reached the operating system: it survives `kill -9` of this
 * process at any later moment. A crash of the machine may lose the last moments, but leaves a file that can be opened.
 * @example
 * const orders = store.collection<Order>('orders');
 * store.batch(() => {
 *   orders.delete('1');
 *   shipped.put('1', order);
 * });
 * for (const [key, order] of orders.entries({ from: '2026-', to: '2027-' })) …
 */
export interface Store extends Closable {
  /** The records of that name, those of former processes included. One name is always the same collection. */
  collection<Value>(name: string): Collection<Value>;
  /**
   * All changes of `write`, in any collections, are kept together or, where it throws, not at all. `write` must not wait:
   * what it changes after an `await` is not part of it. A batch within a batch is a part of the outer one.
   */
  batch<Result>(write: () => Result): Result;
}

/** Values that JSON can hold, by key. A value belongs to the collection: change a copy and put that. */
export interface Collection<Value> {
  readonly size: number;
  get(key: string): Value | undefined;
  /** A batch of its own, unless within one. */
  put(key: string, value: Value): void;
  /** Nothing happens where the key is not there. */
  delete(key: string): void;
  /**
   * In the order of the keys' UTF-16 code units. The collection may change between two steps: what is put behind the
   * current key is met, and what is deleted there is not.
   */
  entries(range?: Range): Iterable<[key: string, value: Value]>;
}

/** `value` is undefined for a delete. */
export interface Change {
  readonly collection: string;
  readonly key: string;
  readonly value: unknown;
}

/** The durable half: it is only written to, but for the start. */
export interface StoreFile extends Closable {
  /** What former processes left. */
  load(): Iterable<Change>;
  /** Keeps all of them or throws. */
  write(changes: readonly Change[]): void;
}

/**
 * A folder may be open in one process at a time. Without one, records last as long as the process.
 * @throws Error that names the folder and what to do
 */
export function openStore(folder?: string): Store {
  return createStore(folder === undefined ? undefined : openStoreFile(folder));
}

export function createStore(file?: StoreFile): Store {
  const collections = new Map<string, OrderedMap<unknown>>();
  /** Of the batch under way. */
  let changes: Change[] | undefined;
  let undo: (() => void)[] = [];
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
    undo = [];
    try {
      const result = write();
      // What comes once the store is closed was not acknowledged to a client: the services have closed before it.
      if (!closed && changes.length > 0) file?.write(changes);
      return result;
    } catch (error) {
      for (const step of undo.reverse()) step();
      throw error;
    } finally {
      changes = undefined;
    }
  }

  function collection<Value>(name: string): Collection<Value> {
    const records = recordsOf(name) as OrderedMap<Value>;
    const change = (key: string, value: Value | undefined): void => {
      const former = records.get(key);
      const restore = (): void => (former === undefined ? records.delete(key) : records.set(key, former));
      if (value === undefined) records.delete(key);
      else records.set(key, value);
      changes?.push({ collection: name, key, value });
      undo.push(restore);
    };
    return {
      get size() {
        return records.size;
      },
      get: (key) => records.get(key),
      put: (key, value) => batch(() => change(key, value)),
      delete(key) {
        if (records.has(key)) batch(() => change(key, undefined));
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
