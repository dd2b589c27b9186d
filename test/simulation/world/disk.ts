import { type Change, createStore, type Store } from '#embedded/testing.ts';

/** What outlives a process: every write that was acknowledged, in order. */
export interface Disk {
  /** Opens it for one process; what an earlier one still writes is lost from then on. */
  open(): Store;
  /** How many writes there were since the beginning. */
  readonly writes: number;
  /** What was written so far belongs to the surroundings. */
  begin(): void;
  /** What a collection holds. */
  present(collection: string): readonly Change[];
  /** Each write to a collection since the beginning, the last one first, and what it changed, to be taken back in this order. */
  rewrites(collection: string): readonly (readonly Rewrite[])[];
  /** Takes a collection back to how it was after so many writes. */
  restore(collection: string, writes: number): void;
}

/** A value that a write has put in the place of another one; undefined where there is none. */
export interface Rewrite {
  readonly before: unknown;
  readonly after: unknown;
}

/** @param wrote told of each write once it is kept, with its number from 1 */
export function createDisk(wrote: (number: number, changes: readonly Change[]) => void): Disk {
  const log: (readonly Change[])[] = [];
  let process = 0;
  let first = Number.POSITIVE_INFINITY;
  return {
    get writes() {
      return log.length - first;
    },
    begin() {
      first = log.length;
    },
    open() {
      process += 1;
      const own = process;
      return createStore({
        *load() {
          yield* present(log);
        },
        write(changes) {
          if (own !== process) return;
          log.push(changes);
          if (log.length > first) wrote(log.length - first, changes);
        },
        async close() {},
      });
    },
    present: (collection) => present(log, collection),
    rewrites(collection) {
      const last = new Map<string, unknown>();
      const found = log.map((changes) =>
        changes
          .filter((change) => change.collection === collection)
          .map(({ key, value: after }): Rewrite => {
            const before = last.get(key);
            last.set(key, after);
            return { before, after };
          })
          .reverse(),
      );
      return found.slice(first).reverse();
    },
    restore(collection, writes) {
      const now = present(log, collection);
      const then = present(log.slice(0, first + writes), collection);
      const gone = now.map((change) => ({ ...change, value: undefined }));
      log.push([...gone, ...then]);
    },
  };
}

/** The last value of each key, of one collection or of all. */
function present(log: readonly (readonly Change[])[], collection?: string): Change[] {
  const last = new Map<string, Change>();
  for (const changes of log) {
    for (const change of changes) {
      if (collection !== undefined && change.collection !== collection) continue;
      const key = `${change.collection} ${change.key}`;
      if (change.value === undefined) last.delete(key);
      else last.set(key, change);
    }
  }
  return [...last.values()];
}
