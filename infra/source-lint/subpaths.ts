/** What a name of `imports` or `exports` in a package.json stands for. */
export type Target = string | null | { readonly [condition: string]: Target };
export type Subpaths = Readonly<Record<string, Target>>;

/**
 * As Node has it: of patterns, the one with the longest beginning counts. A name that depends on a condition stands for each
 * of its targets. https://nodejs.org/api/packages.html#subpath-patterns
 * @returns undefined where there is no such name
 */
export function targetsOf(name: string, subpaths: Subpaths): readonly string[] | undefined {
  const exact = subpaths[name];
  if (exact !== undefined) return flat(exact);
  const [best] = Object.keys(subpaths)
    .filter((pattern) => pattern.includes('*'))
    .map((pattern) => ({ pattern, middle: middleOf(name, pattern) }))
    .filter(({ middle }) => middle !== undefined)
    .sort((one, other) => other.pattern.indexOf('*') - one.pattern.indexOf('*'));
  if (best === undefined) return undefined;
  return flat(subpaths[best.pattern] ?? null).map((target) => target.replaceAll('*', best.middle ?? ''));
}

/** What stands where the pattern has its `*`. */
function middleOf(name: string, pattern: string): string | undefined {
  const [start = '', end = ''] = pattern.split('*');
  const fits = name.length > start.length + end.length && name.startsWith(start) && name.endsWith(end);
  return fits ? name.slice(start.length, name.length - end.length) : undefined;
}

function flat(target: Target): string[] {
  if (target === null) return [];
  return typeof target === 'string' ? [target] : Object.values(target).flatMap(flat);
}
