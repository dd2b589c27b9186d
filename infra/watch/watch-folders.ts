import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';

export const watchedFolders = ['functions', 'schema', 'statemachine', 'infra'];

/**
 * Calls `changed` with each file below the folders that is written, moved or removed, by its path from `root`. Folders are watched one by
 * one: on Linux Node's recursive watch follows the inode of each file, and loses a file whose editor saves by renaming.
 * @param since epoch milliseconds: files that were written after it count as changed, though no watcher was there yet
 */
export function watchFolders(
  root: string,
  folders: readonly string[],
  changed: (file: string) => void,
  since = Number.POSITIVE_INFINITY,
): () => void {
  const watchers = new Map<string, FSWatcher>();

  function add(folder: string): void {
    if (watchers.has(folder)) return;
    const watcher = watch(join(root, folder), (_event, name) => {
      if (name === null) return;
      const path = join(folder, name);
      if (isFolder(join(root, path))) addAll(path, changed);
      else changed(path);
    });
    // A folder that is removed is no fault.
    watcher.on('error', () => forget(folder));
    watchers.set(folder, watcher);
  }

  function forget(folder: string): void {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  }

  /** @param tell is told of files that came with their folder */
  function addAll(folder: string, tell: (file: string) => void): void {
    add(folder);
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name)
        .slice(root.length)
        .replace(/^[\\/]/, '');
      if (entry.isDirectory()) add(path);
      else tell(path);
    }
  }

  const ifNew = (file: string): void => {
    const { mtimeMs = 0 } = statSync(join(root, file), { throwIfNoEntry: false }) ?? {};
    if (mtimeMs > since) changed(file);
  };
  for (const folder of folders) addAll(folder, ifNew);
  return () => {
    for (const folder of watchers.keys()) forget(folder);
  };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
