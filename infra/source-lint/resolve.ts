import { posix } from 'node:path';

/** The files of the repository, by their paths from its root. */
export interface Tree {
  readonly has: (path: string) => boolean;
  readonly read: (path: string) => string;
}

/** What an import names: files by their path from the root, packages by their names. */
export interface Resolved {
  readonly targets: readonly string[];
  /** A sentence, where it names nothing that is there. */
  readonly problem?: string;
}

type Target = string | null | { readonly [condition: string]: Target };
type Imports = Readonly<Record<string, Target>>;

/** Resolves as Node does: `.` from the file, `#` by `imports` of the nearest package.json, and all else to a package. */
export function resolver(tree: Tree): (file: string, specifier: string) => Resolved {
  const importsOf = new Map<string, Imports>();
  const importsIn = (manifest: string): Imports => {
    const known = importsOf.get(manifest);
    if (known !== undefined) return known;
    const { imports = {} } = JSON.parse(tree.read(manifest)) as { imports?: Imports };
    importsOf.set(manifest, imports);
    return imports;
  };

  return (file, specifier) => {
    const missing = (reason: string): Resolved => ({
      targets: [],
      problem: `${file} imports '${specifier}', but ${reason}: correct the name, or make what it names`,
    });
    const found = (targets: readonly string[], isFile: (target: string) => boolean): Resolved => {
      const gone = targets.find((target) => isFile(target) && !tree.has(target));
      return gone === undefined ? { targets } : missing(`there is no ${gone}`);
    };

    if (specifier.startsWith('.')) return found([posix.join(posix.dirname(file), specifier)], () => true);
    if (!specifier.startsWith('#')) return { targets: [specifier] };

    const manifest = nearestManifest(file, tree);
    const named = targetsOf(specifier, importsIn(manifest));
    if (named === undefined) return missing(`${manifest} has no such name in its imports`);
    const folder = posix.dirname(manifest);
    const paths = named.filter(isPath).map((target) => posix.join(folder, target));
    return found([...named.filter((target) => !isPath(target)), ...paths], (target) => paths.includes(target));
  };
}

const isPath = (target: string): boolean => target.startsWith('./');

function nearestManifest(file: string, { has }: Tree): string {
  let folder = posix.dirname(file);
  while (folder !== '.' && !has(`${folder}/package.json`)) folder = posix.dirname(folder);
  return posix.join(folder, 'package.json');
}

/** A name that depends on a condition stands for each of its targets; of patterns, the one with the longest beginning counts. */
function targetsOf(specifier: string, imports: Imports): readonly string[] | undefined {
  const exact = imports[specifier];
  if (exact !== undefined) return flat(exact);
  const best = Object.keys(imports)
    .map((pattern) => ({ pattern, ...parts(pattern) }))
    .filter(({ start, end }) => end !== undefined && specifier.startsWith(start) && specifier.endsWith(end))
    .filter(({ start, end = '' }) => specifier.length > start.length + end.length)
    .sort((one, other) => other.start.length - one.start.length)[0];
  if (best === undefined) return undefined;
  const middle = specifier.slice(best.start.length, specifier.length - (best.end?.length ?? 0));
  return flat(imports[best.pattern] ?? null).map((target) => target.replaceAll('*', middle));
}

function parts(pattern: string): { readonly start: string; readonly end?: string } {
  const [start = '', end] = pattern.split('*');
  return end === undefined ? { start } : { start, end };
}

function flat(target: Target): string[] {
  if (target === null) return [];
  return typeof target === 'string' ? [target] : Object.values(target).flatMap(flat);
}
