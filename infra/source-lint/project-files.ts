import { spawnSync } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The files that Git tracks, and those that are new and not ignored, by their paths from the root.
 * @throws Error outside of a clone
 */
export function projectFiles(root: string): string[] {
  const options = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { status, stdout } = spawnSync('git', options, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`Git does not know ${root}: run this in a clone of the project`);
  // A file that was just deleted is still tracked, and the packages may be a link to a folder.
  const isFile = (file: string): boolean =>
    file !== '' && (lstatSync(join(root, file), { throwIfNoEntry: false })?.isFile() ?? false);
  return [...new Set(stdout.split('\0'))].filter(isFile).sort();
}
