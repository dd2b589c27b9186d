import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import type { Closable } from './types.ts';

/** Values by key that outlive the process, kill -9 included: a value is in the file's pages when `put` returns. */
export interface Journal extends Closable {
  /** What is kept under keys that begin so, without that beginning, in the order of the last put. */
  entries(prefix: string): [key: string, value: unknown][];
  /** Keeps a value that JSON can hold; a former one of the key is replaced. */
  put(key: string, value: unknown): void;
  delete(key: string): void;
}

/** How much the file may grow beyond twice what is kept: a second or more of full load between two compactions. */
const defaultSlackBytes = 8 * 1024 * 1024;

/**
 * A file of JSON lines, `["key",value]` for a put and `["key"]` for a delete. Only one process may have it open.
 * @throws Error that names the file and the line, where a line other than the last is no entry
 */
export function openJournal(file: string, slackBytes = defaultSlackBytes): Journal {
  const kept = readLines(file);
  let keptBytes = 0;
  for (const line of kept.values()) keptBytes += Buffer.byteLength(line);
  let fileBytes = 0;
  let descriptor: number | undefined;

  /** A file with nothing but what is kept takes the old one's place in one step, so a kill leaves one or the other. */
  function compact(): void {
    const fresh = `${file}.new`;
    rmSync(fresh, { force: true });
    const next = openSync(fresh, 'a');
    writeWhole(next, [...kept.values()].join(''));
    // Without it a power cut after the rename could leave an empty file where a whole one was.
    fsyncSync(next);
    renameSync(fresh, file);
    if (descriptor !== undefined) closeSync(descriptor);
    descriptor = next;
    fileBytes = keptBytes;
  }

  /** What comes once the journal is closed was not acknowledged to a client: the services have closed before it. */
  function append(entry: readonly unknown[]): string {
    const line = `${JSON.stringify(entry)}\n`;
    if (descriptor === undefined) return line;
    try {
      writeWhole(descriptor, line);
    } catch (error) {
      // A disk that is full took a part of it, perhaps, which would spoil the next line.
      ftruncateSync(descriptor, fileBytes);
      throw error;
    }
    fileBytes += Buffer.byteLength(line);
    return line;
  }

  function replace(key: string, line: string | undefined): void {
    keptBytes -= Buffer.byteLength(kept.get(key) ?? '');
    kept.delete(key);
    if (line !== undefined) {
      kept.set(key, line);
      keptBytes += Buffer.byteLength(line);
    }
    if (descriptor !== undefined && fileBytes > 2 * keptBytes + slackBytes) compact();
  }

  // Also takes a torn last line away, which would spoil the next one.
  compact();
  return {
    entries: (prefix) =>
      [...kept].flatMap(([key, line]) =>
        key.startsWith(prefix) ? [[key.slice(prefix.length), (JSON.parse(line) as [string, unknown])[1]]] : [],
      ),
    put: (key, value) => replace(key, append([key, value])),
    delete(key) {
      if (!kept.has(key)) return;
      append([key]);
      replace(key, undefined);
    },
    async close() {
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
    },
  };
}

/** The line of each key's last put. */
function readLines(file: string): Map<string, string> {
  const kept = new Map<string, string>();
  if (!existsSync(file)) return kept;
  // What follows the last line break is the line that the kill cut short, or nothing.
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  for (const [index, line] of lines.entries()) {
    const entry = entryOf(line);
    if (entry === undefined) {
      throw new Error(`${file}:${index + 1} is no journal entry: restore it from a copy, or remove that line`);
    }
    kept.delete(entry[0]);
    if (entry.length > 1) kept.set(entry[0], `${line}\n`);
  }
  return kept;
}

function entryOf(line: string): [key: string, value?: unknown] | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    return Array.isArray(entry) && typeof entry[0] === 'string' ? (entry as [string, unknown?]) : undefined;
  } catch {
    return undefined;
  }
}

/** `writeSync` may write less than it was given, for instance on a disk that is nearly full. */
function writeWhole(descriptor: number, text: string): void {
  for (let rest = Buffer.from(text); rest.length > 0; ) rest = rest.subarray(writeSync(descriptor, rest));
}
