import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../paths.ts';

const made = new Set(['node_modules', 'cdktf.out', 'dist', 'coverage', '.local', '.git']);

/** Text of each file that fits the pattern, by its path from the project's root. What is built is left out. */
export function filesOf(pattern: string): ReadonlyMap<string, string> {
  const files = globSync(pattern, {
    cwd: projectRoot,
    exclude: (path) => path.split('/').some((part) => made.has(part)),
  });
  return new Map(files.sort().map((file) => [file, readFileSync(join(projectRoot, file), 'utf8')]));
}

/** Every page of the documentation. */
export const allPages = (): ReadonlyMap<string, string> => filesOf('**/*.md');
