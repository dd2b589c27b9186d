import { spawnSync } from 'node:child_process';
import { lstatSync, type Stats } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * The files that Git tracks, and those that are new and not ignored, by their paths from the root.
 * @throws Error outside of a clone
 */
export const projectFiles = (root: string): string[] => entriesOf(root, (found) => found.isFile());

/** @returns a sentence for each symbolic link: what is behind it would be imported as if it were where the link is */
export const linkProblems = (root: string): string[] =>
  entriesOf(root, (found) => found.isSymbolicLink())
    // A clone may share the packages of another one.
    .filter((file) => basename(file) !== 'node_modules')
    .map(
      (file) => `${file} is a symbolic link, so no rule can judge what is imported by it: put the file itself there`,
    );

function entriesOf(root: string, isWanted: (found: Stats) => boolean): string[] {
  const options = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { status, stdout } = spawnSync('git', options, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`Git does not know ${root}: run this in a clone of the project`);
  const isEntry = (file: string): boolean => {
    // A file that was just deleted is still tracked.
    const found = file === '' ? undefined : lstatSync(join(root, file), { throwIfNoEntry: false });
    return found !== undefined && isWanted(found);
  };
  return [...new Set(stdout.split('\0'))].filter(isEntry).sort();
}
