/**
 * Files of libraries that several zips carry, kept once: Node loads a linked file by its real path, so functions that share an isolate share
 * the module. A function's own files are never shared.
 */

import { mkdir, readFile, rename, symlink, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';

/** In a folder of that name, and named by its content as bundlers do: a file of that name is the same in each zip, and so is what it imports. */
export function isVendorFile(name: string): boolean {
  return /^vendor\/[\w.-]+-[A-Za-z0-9_-]{8,}\.m?js$/.test(name);
}

/** @returns false where the file cannot be shared: another zip has that name with other content, or the system makes no links */
export async function linkVendorFile(path: string, content: Uint8Array, folder: string): Promise<boolean> {
  const shared = join(folder, 'vendor', basename(path));
  const kept = await readFile(shared).catch(() => undefined);
  if (kept === undefined) await writeWhole(shared, content);
  else if (!kept.equals(content)) return false;
  // Another process removes old ones that nothing links yet.
  else await utimes(shared, new Date(), new Date()).catch(() => writeWhole(shared, content));
  try {
    await symlink(relative(dirname(path), shared), path);
    return true;
  } catch {
    return false;
  }
}

/** Another process may write the same file at the same time. */
async function writeWhole(path: string, content: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  await writeFile(draft, content);
  await rename(draft, path);
}
