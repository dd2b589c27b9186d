import { spawnSync } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { basename, join } from 'node:path';

/** What a clone holds, by paths from its root: what Git tracks, and what is new and not ignored. */
export interface ProjectEntries {
  readonly files: readonly string[];
  /** Symbolic links. */
  readonly links: readonly string[];
}

/** @throws Error outside of a clone */
export function projectEntries(root: string): ProjectEntries {
  const options = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { status, stdout } = spawnSync('git', options, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`Git does not know ${root}: run this in a clone of the project`);
  const names = [...new Set(stdout.split('\0'))].filter((name) => name !== '').sort();
  // A file that was just deleted is still tracked.
  const found = names.map((name) => [name, lstatSync(join(root, name), { throwIfNoEntry: false })] as const);
  return {
    files: found.filter(([, entry]) => entry?.isFile()).map(([name]) => name),
    links: found.filter(([, entry]) => entry?.isSymbolicLink()).map(([name]) => name),
  };
}

/** @returns a sentence for each symbolic link: what is behind it would be imported as if it were where the link is */
export const linkProblems = (links: readonly string[]): string[] =>
  links
    // A clone may share the packages of another one.
    .filter((link) => basename(link) !== 'node_modules')
    .map(
      (link) => `${link} is a symbolic link, so no rule can judge what is imported by it: put the file itself there`,
    );
