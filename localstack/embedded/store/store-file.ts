import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Change, StoreFile } from './contract.ts';

const fileName = 'local-cloud.sqlite';

/** Raised where a release cannot read what the one before wrote. */
const format = 1;

/**
 * SQLite with a write-ahead log. `synchronous=NORMAL` hands a commit to the operating system without waiting for the disk,
 * which outlives the process but perhaps not the machine: https://www.sqlite.org/pragma.html#pragma_synchronous
 * Memory knows each key's row, since an index by key would cost several times what the rest of a write does.
 * @throws Error that names the folder and what to do
 */
export function openStoreFile(folder: string): StoreFile {
  const database = openDatabase(folder);
  const insert = database.prepare('INSERT INTO records (collection, record) VALUES (?, ?)');
  const update = database.prepare('UPDATE records SET record = ? WHERE id = ?');
  const remove = database.prepare('DELETE FROM records WHERE id = ?');
  const begin = database.prepare('BEGIN');
  const commit = database.prepare('COMMIT');
  const rows = new Map<string, Map<string, number>>();

  function rowsOf(collection: string): Map<string, number> {
    const known = rows.get(collection);
    if (known) return known;
    const fresh = new Map<string, number>();
    rows.set(collection, fresh);
    return fresh;
  }

  /** @returns what takes the change of `rows` back */
  function keep({ collection, key, value }: Change): () => void {
    const keys = rowsOf(collection);
    const row = keys.get(key);
    const record = JSON.stringify([key, value]);
    if (row === undefined) keys.set(key, Number(insert.run(collection, record).lastInsertRowid));
    else if (value !== undefined) update.run(record, row);
    else {
      remove.run(row);
      keys.delete(key);
    }
    return () => void (row === undefined ? keys.delete(key) : keys.set(key, row));
  }

  return {
    *load() {
      for (const { id, collection, record } of database.prepare('SELECT * FROM records').iterate()) {
        const [key, value] = JSON.parse(String(record)) as [string, unknown];
        rowsOf(String(collection)).set(key, Number(id));
        yield { collection: String(collection), key, value };
      }
    },
    write(changes) {
      const undo: (() => void)[] = [];
      begin.run();
      try {
        for (const change of changes) undo.push(keep(change));
        commit.run();
      } catch (error) {
        for (const step of undo.reverse()) step();
        // A disk that is full has ended the transaction by itself.
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
    async close() {
      database.close();
    },
  };
}

function openDatabase(folder: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    makeFolder(resolve(folder));
    refuseOlderForm(folder);
    database = new DatabaseSync(join(folder, fileName));
    // The lock is taken by the first read, and kept: memory would not see what another process writes.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    prepareFormat(database, folder);
    return database;
  } catch (error) {
    database?.close();
    throw error instanceof UnreadableFolder ? error : unusableFolder(folder, error as Error);
  }
}

class UnreadableFolder extends Error {}

/** Before there was this file: LevelDB's files, with a journal beside them. */
const olderFiles: readonly string[] = ['CURRENT', 'journal.jsonl', 'executions.jsonl'];

function refuseOlderForm(folder: string): void {
  const files = readdirSync(folder);
  const older = files.includes(fileName) ? undefined : files.find((file) => olderFiles.includes(file));
  if (older === undefined) return;
  throw new UnreadableFolder(
    `The data folder ${folder} was written by an older version (it has ${older}), and this version reads ${fileName} only: delete the folder, or use the version that wrote it`,
  );
}

function prepareFormat(database: DatabaseSync, folder: string): void {
  const found = database.prepare('PRAGMA user_version').get()?.user_version;
  if (found === 0) {
    database.exec(`
      BEGIN IMMEDIATE;
      CREATE TABLE records (id INTEGER PRIMARY KEY, collection TEXT NOT NULL, record TEXT NOT NULL);
      PRAGMA user_version = ${format};
      COMMIT`);
  } else if (found !== format) {
    throw new UnreadableFolder(
      `The data folder ${folder} has format ${found}, and this version reads ${format}: delete the folder, or use the version that wrote it`,
    );
  }
}

function unusableFolder(folder: string, cause: Error): Error {
  return new Error(
    `The data folder ${folder} can't be used (${cause.message}). Another local cloud may have it open, or it is no folder that may be written to: choose another one with --data`,
    { cause },
  );
}

/** One by one: Node's own recursion never ends where the system says of a folder's child that it is not there, as in /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}
