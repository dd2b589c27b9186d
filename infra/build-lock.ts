/**
 * One build at a time: `npm start`, its watcher, the tests and several commands all write the same bundles and the same stack. The process that
 * builds holds a file with its process id in it; the file of a process that has died is taken away.
 */
import { mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from './paths.ts';

const POLL_MS = 50;
/** Shorter waits are not worth a word. */
const SAY_AFTER_MS = 1_000;

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
    const waited = Date.now() - began;
    const holder = holderOf(file);
    if (holder !== undefined && !isAlive(holder, file)) takeAway(file);
    else if (waited > patienceMs) throw new Error(impatience(holder, file, patienceMs));
    else {
      if (!said && waited > SAY_AFTER_MS) say(`Waiting for another build (process ${holder ?? 'unknown'}) …`);
      said ||= waited > SAY_AFTER_MS;
      await sleep(POLL_MS);
    }
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

/** Undefined where it has just been given back, or just been taken and does not name its holder yet. */
function holderOf(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
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
function takeAway(file: string): void {
  const guard = `${file}.guard`;
  try {
    mkdirSync(guard);
  } catch {
    return;
  }
  try {
    const holder = holderOf(file);
    if (holder !== undefined && !isAlive(holder, file)) rmSync(file, { force: true });
  } finally {
    rmdirSync(guard);
  }
}

const impatience = (holder: number | undefined, file: string, patienceMs: number): string =>
  `Process ${holder ?? 'unknown'} has been building for more than ${patienceMs / 1000} s. ` +
  `Wait for it or end it; if it is no build, delete ${relative(projectRoot, file)}`;
