import type { Closable } from '../types.ts';
import type { Range } from './ordered-map.ts';

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
