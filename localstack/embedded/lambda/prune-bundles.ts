/** What unpacked functions leave behind: removed once no process uses it, but for the newest, which the next start may want. */

import { appendFile, mkdir, readdir, readFile, readlink, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** Unused ones that are kept; a service's functions of a few builds. */
const KEPT = 64;
/** Another process may just be about to use a younger one. */
const YOUNG_MS = 10 * 60_000;
/** Of compiled code, which knows nothing of its users. */
const COMPILED_MS = 7 * 24 * 3_600_000;

/** The second kind is what a process left that ended while it removed a bundle. */
const bundleName = /^[0-9a-f]{32}(\.pruned)?$/;

/** Says that this process uses a bundle, for as long as it lives. To be called before looking whether the bundle is there. */
export async function hold(folder: string, name: string): Promise<void> {
  await mkdir(join(folder, 'in-use'), { recursive: true });
  await appendFile(join(folder, 'in-use', String(process.pid)), `${name}\n`);
  const now = new Date();
  // Not there yet: its own time will be as new.
  await utimes(join(folder, name), now, now).catch(() => {});
}

/** @param kept how many that no process uses stay. Never rejects: what cannot be removed is no fault of the user's */
export async function pruneBundles(folder: string, { kept = KEPT, youngMs = YOUNG_MS } = {}): Promise<void> {
  try {
    const held = await heldBundles(folder);
    const names = (await readdir(folder)).filter((name) => bundleName.test(name) && !held.has(name));
    const unused = await Promise.all(names.map(async (name) => ({ name, at: await timeOf(join(folder, name)) })));
    unused.sort((a, b) => b.at - a.at);
    for (const { name, at } of unused.slice(kept)) if (at < Date.now() - youngMs) await removeBundle(folder, name);
    await pruneVendor(folder, youngMs);
    await pruneCompiled(join(folder, 'compiled'));
  } catch {
    // Another process prunes, or the folder is gone.
  }
}

/** Of all processes that live; those of the others are forgotten. */
async function heldBundles(folder: string): Promise<ReadonlySet<string>> {
  const held = new Set<string>();
  for (const pid of await readdir(join(folder, 'in-use')).catch(() => [])) {
    const file = join(folder, 'in-use', pid);
    if (isAlive(Number(pid))) for (const name of (await readFile(file, 'utf8')).split('\n')) held.add(name);
    else await rm(file, { force: true });
  }
  return held;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Out of the way first: who looks for it meanwhile finds nothing and unpacks anew, or has said so and gets it back. */
async function removeBundle(folder: string, name: string): Promise<void> {
  if (name.endsWith('.pruned')) return rm(join(folder, name), { recursive: true });
  const aside = join(folder, `${name}.pruned`);
  await rename(join(folder, name), aside);
  if ((await heldBundles(folder)).has(name))
    await rename(aside, join(folder, name)).catch(() => rm(aside, { recursive: true }));
  else await rm(aside, { recursive: true });
}

/** Files of libraries that no bundle links any more. */
async function pruneVendor(folder: string, youngMs: number): Promise<void> {
  const linked = new Set<string>();
  for (const name of await readdir(folder)) {
    const links = join(folder, name, 'task', 'vendor');
    for (const link of await readdir(links).catch(() => []))
      linked.add(basename(await readlink(join(links, link)).catch(() => '')));
  }
  for (const name of await readdir(join(folder, 'vendor')).catch(() => [])) {
    const file = join(folder, 'vendor', name);
    if (!linked.has(name) && (await timeOf(file)) < Date.now() - youngMs) await rm(file, { force: true });
  }
}

async function pruneCompiled(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && (await timeOf(file)) < Date.now() - COMPILED_MS) await rm(file, { force: true });
  }
}

/** Milliseconds since 1970; now for what is gone. */
async function timeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now();
}
