import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** A file of this repository with what it imports: files by their path from the root, packages by their names. */
export interface SourceFile {
  readonly file: string;
  readonly lines: number;
  readonly imports: readonly string[];
  /** Whether it is the entry of a function. */
  readonly isHandler: boolean;
}

/** A `$` is in the templates of generated code. */
const importPattern = /^(?:import|export)\b[^;'"]*?\bfrom '([^'$]+)'|^import '([^'$]+)'|\bimport\('([^'$]+)'\)/gm;
/** Made by tools, or by others. */
const folders = ['functions', 'infra', 'localstack', 'schema', 'statemachine', 'test'];

/** Programs against clients that a generator makes first: they are outside of this project's build, as in tsconfig.json. */
const isOfGenerated = (file: string): boolean => file.startsWith('test/clients/programs/');

export function readSourceFiles(root: string): SourceFile[] {
  const aliases = aliasesOf(root);
  return folders
    .flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx,mjs}`, { cwd: root }))
    .filter((file) => !/(^|\/)(node_modules|dist)\//.test(file) && !isOfGenerated(file))
    .sort()
    .map((file) => sourceFile(file, readFileSync(join(root, file), 'utf8'), aliases));
}

export function sourceFile(file: string, text: string, aliases: ReadonlyMap<string, readonly string[]>): SourceFile {
  const specifiers = [...text.matchAll(importPattern)].map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '');
  return {
    file,
    lines: text.split('\n').length - 1,
    imports: [...new Set(specifiers.flatMap((specifier) => resolved(file, specifier, aliases)))],
    isHandler: file.startsWith('functions/') && /^export const handler\b/m.test(text),
  };
}

function resolved(file: string, specifier: string, aliases: ReadonlyMap<string, readonly string[]>): readonly string[] {
  if (specifier.startsWith('.')) return [posix.join(posix.dirname(file), specifier)];
  for (const [prefix, targets] of aliases) {
    if (prefix === specifier) return targets;
    if (prefix.endsWith('*') && specifier.startsWith(prefix.slice(0, -1))) {
      return targets.map((target) => target.replace('*', specifier.slice(prefix.length - 1)));
    }
  }
  return [specifier];
}

type Target = string | Readonly<Record<string, string>>;

/** `imports` of package.json; one that depends on a condition stands for each of its files. */
function aliasesOf(root: string): ReadonlyMap<string, readonly string[]> {
  const { imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    imports: Record<string, Target>;
  };
  return new Map(
    Object.entries(imports).map(([alias, target]) => [
      alias,
      (typeof target === 'string' ? [target] : Object.values(target)).map((path) => posix.normalize(path)),
    ]),
  );
}
