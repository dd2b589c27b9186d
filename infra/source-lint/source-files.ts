import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Resolved, resolver, type Tree } from './resolve.ts';
import { specifiersOf } from './specifiers.ts';

/** A file of this repository with what it imports: files by their path from the root, packages by their names. */
export interface SourceFile {
  readonly file: string;
  readonly imports: readonly string[];
  /** Whether it imports by a name that is known only when it runs. */
  readonly isComputed: boolean;
  /** Whether it is the entry of a function. */
  readonly isHandler: boolean;
  /** A sentence for each import that leads nowhere. */
  readonly problems: readonly string[];
}

/** `export const handler`, `export { it as handler }`: a name in the exported text before any type, argument or value. */
const exportsHandler = /^export (?!type\b|interface\b|class\b|abstract\b)[^;=(:]*\bhandler\b/m;

/** Programs against clients that a generator makes first: they are outside of this project's build, as in tsconfig.json. */
const isOfGenerated = (file: string): boolean => file.startsWith('test/clients/programs/');

/** All code, and the data that code imports. */
export function readSourceFiles(root: string, files: readonly string[]): SourceFile[] {
  const tree: Tree = {
    has: (path) => statSync(join(root, path), { throwIfNoEntry: false })?.isFile() ?? false,
    read: (path) => readFileSync(join(root, path), 'utf8'),
  };
  const resolve = resolver(tree);
  const code = files
    .filter((file) => /\.[cm]?[jt]sx?$/.test(file) && !isOfGenerated(file))
    .map((file) => sourceFile(file, tree.read(file), resolve));
  const names = new Set(code.map(({ file }) => file));
  const data = new Set(
    code.flatMap(({ imports }) => imports).filter((target) => !names.has(target) && tree.has(target)),
  );
  const nothing = { imports: [], isComputed: false, isHandler: false, problems: [] };
  return [...code, ...[...data].map((file) => ({ file, ...nothing }))];
}

export function sourceFile(
  file: string,
  text: string,
  resolve: (file: string, specifier: string) => Resolved,
): SourceFile {
  const { literal, computed } = specifiersOf(file, text);
  const resolved = [...new Set(literal)].map((specifier) => resolve(file, specifier));
  return {
    file,
    imports: [...new Set(resolved.flatMap(({ targets }) => targets))],
    isComputed: computed,
    isHandler: file.startsWith('functions/') && exportsHandler.test(text),
    problems: resolved.flatMap(({ problem = [] }) => problem),
  };
}
