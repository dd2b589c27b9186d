import { posix } from 'node:path';
import { type Subpaths, targetsOf } from './subpaths.ts';

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

interface Manifest {
  readonly name?: string;
  readonly workspaces?: readonly string[];
  readonly imports?: Subpaths;
  readonly exports?: Subpaths;
}

/**
 * Resolves as Node does: `.` from the file, `#` by `imports` of the nearest package.json, a package of the repository by its
 * `exports`, and all else to a package from outside. It refuses absolute paths, URLs and ways out of the repository.
 */
export function resolver(tree: Tree): (file: string, specifier: string) => Resolved {
  const manifests = new Map<string, Manifest>();
  const manifestIn = (folder: string): Manifest => {
    const known = manifests.get(folder) ?? (JSON.parse(tree.read(posix.join(folder, 'package.json'))) as Manifest);
    manifests.set(folder, known);
    return known;
  };
  const { workspaces = [] } = manifestIn('.');
  const folders = new Map(workspaces.map((folder) => [manifestIn(folder).name, folder]));

  return (file, specifier) => {
    const refused = (reason: string, advice: string): Resolved => ({
      targets: [],
      problem: `${file} imports '${specifier}', but ${reason}: ${advice}`,
    });
    const missing = (reason: string): Resolved => refused(reason, 'correct the name, or make what it names');
    const found = (paths: readonly string[], packages: readonly string[] = []): Resolved => {
      const gone = paths.find((path) => !tree.has(path));
      return gone === undefined ? { targets: [...packages, ...paths] } : missing(`there is no ${gone}`);
    };
    const listed = (folder: string, list: 'imports' | 'exports', name: string): Resolved => {
      const targets = targetsOf(name, manifestIn(folder)[list] ?? {});
      if (targets === undefined)
        return missing(`${posix.join(folder, 'package.json')} has no such name in its ${list}`);
      const isPath = (target: string): boolean => target.startsWith('./');
      return found(
        targets.filter(isPath).map((target) => posix.join(folder, target)),
        targets.filter((target) => !isPath(target)),
      );
    };

    const at = placeProblem(file, specifier);
    if (at !== undefined) return refused(at, 'write a path from this file, or a name with #');
    if (specifier.startsWith('.')) return found([posix.join(posix.dirname(file), specifier)]);
    if (specifier.startsWith('#')) return listed(packageFolder(file, tree), 'imports', specifier);
    const [packageName = ''] = /^(@[^/]+\/)?[^/]+/.exec(specifier) ?? [];
    const folder = folders.get(packageName);
    return folder === undefined
      ? { targets: [specifier] }
      : listed(folder, 'exports', `.${specifier.slice(packageName.length)}`);
  };
}

/** Why a rule could not say where the import leads, though Node would find it on this machine. */
function placeProblem(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('/')) return 'an absolute path is of one machine';
  if (/^(?!node:)[a-z][a-z0-9+.-]*:/i.test(specifier)) return 'only names and paths may be imported, no URLs';
  const isOutside = specifier.startsWith('.') && posix.join(posix.dirname(file), specifier).startsWith('../');
  return isOutside ? 'it leads out of the repository' : undefined;
}

/** The folder of the nearest package.json. */
function packageFolder(file: string, { has }: Tree): string {
  let folder = posix.dirname(file);
  while (folder !== '.' && !has(`${folder}/package.json`)) folder = posix.dirname(folder);
  return folder;
}
