/** Names that are taken from a package. */
export type Imports = ReadonlyMap<string, ReadonlySet<string>>;

const statement = /^import (\{[^}]*\}|\* as \S+|[\w$]+) from "(.*?)";$/gm;

/**
 * What a bundle takes from the packages outside of it. Reads esbuild's own output, not minified, in which each import is a statement of its
 * own; of a namespace (`* as z`), the members that are named in the code.
 */
export function importsOf(bundle: string): Imports {
  const imports = new Map<string, Set<string>>();
  for (const [, what = '', from = ''] of bundle.matchAll(statement)) {
    const names = imports.get(from) ?? new Set();
    imports.set(from, names);
    for (const name of namesOf(what, bundle)) names.add(name);
  }
  return imports;
}

function namesOf(what: string, bundle: string): string[] {
  const namespace = /^\* as (\S+)$/.exec(what)?.[1];
  if (namespace !== undefined) {
    const member = new RegExp(`(?<![\\w$.])${namespace.replaceAll('$', '\\$')}\\.([\\w$]+)`, 'g');
    return [...bundle.matchAll(member)].map(([, name = '']) => name);
  }
  if (!what.startsWith('{')) return ['default'];
  const parts = what.slice(1, -1).split(',');
  return parts.map((part) => part.trim().split(' as ')[0] ?? '').filter((name) => name !== '');
}
