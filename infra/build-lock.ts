/**
 * One build at a time: `npm start`, its watcher, the tests and several commands all write the same bundles and the same stack. The process that
 * builds holds a file with its process id in it; the file of a process that has died is taken away.
 */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from './paths.ts';

const POLL_MS = 50;
/** Shorter waits are not worth a word. */
const SAY_AFTER_MS = 1_000;
/** Far more than what is done between two lines of this file, with a disk that is busy. */
const INSTANT_MS = 5_000;

export interface BuildLockOptions {
  readonly folder?: string;
  /** A build takes seconds. */
  readonly patienceMs?: number;
  readonly say?: (text: string) => void;
}

/** Locks that this process holds: a file with its id that is none of them is left from a process that had the same id. */
const held = new Set<string>();

/** Does the work while no other process that takes the lock does any. The work must not take it again. @throws Error that names the holder, when patience ends */
export async function withBuildLock<T>(
  work: () => Promise<T>,
  { folder = join(projectRoot, '.local'), patienceMs = 120_000, say = console.error }: BuildLockOptions = {},
): Promise<T> {
  const file = join(folder, 'build.lock');
  mkdirSync(folder, { recursive: true });
  const began = Date.now();
  let said = false;
  while (!isTaken(file)) {
    if (isAbandoned(file) && isTakenAway(file)) continue;
    const waited = Date.now() - began;
    const holder = holderOf(file);
    if (waited > patienceMs) throw new Error(impatience(holder, file, patienceMs));
    if (!said && waited > SAY_AFTER_MS)
      say(`Waiting for another build${holder === undefined ? '' : ` (process ${holder})`} …`);
    said ||= waited > SAY_AFTER_MS;
    await sleep(POLL_MS);
  }
  held.add(file);
  try {
    return await work();
  } finally {
    held.delete(file);
    rmSync(file, { force: true });
  }
}

/** Whether this process has taken it. No hard link, which not every file system has. */
function isTaken(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Undefined where it has just been given back, or does not name its holder: not yet, or never since its process was killed before. */
function holderOf(file: string): number | undefined {
  try {
    const written = readFileSync(file, 'utf8').trim();
    return /^[1-9]\d*$/.test(written) ? Number(written) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether its process has died. A file that names no process is given the time to do so. */
function isAbandoned(file: string): boolean {
  const holder = holderOf(file);
  return holder === undefined ? isOld(file) : !isAlive(holder, file);
}

function isOld(path: string): boolean {
  const writtenAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return writtenAt !== undefined && Date.now() - writtenAt > INSTANT_MS;
}

function isAlive(holder: number, file: string): boolean {
  if (holder === process.pid) return held.has(file);
  try {
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** By one process at a time, which looks again: another one that waits may have taken the lock for itself by now. */
function isTakenAway(file: string): boolean {
  const guard = `${file}.guard`;
  // Left by a process that was killed right here.
  if (isOld(guard)) rmSync(guard, { recursive: true, force: true });
  try {
    mkdirSync(guard);
  } catch {
    return false;
  }
  try {
    if (isAbandoned(file)) rmSync(file, { recursive: true, force: true });
    return true;
  } finally {
    rmSync(guard, { recursive: true, force: true });
  }
}

function impatience(holder: number | undefined, file: string, patienceMs: number): string {
  const path = relative(projectRoot, file);
  const seconds = patienceMs / 1000;
  if (holder === undefined) return `${path} has been there for more than ${seconds} s and names no process: delete it`;
  return (
    `Process ${holder} has been building for more than ${seconds} s. ` +
    `Wait for it or end it; if it is no build, delete ${path}`
  );
}
