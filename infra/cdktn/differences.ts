type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

const bundle = /^assets\/\w+\/[0-9a-f]{32}\/[\w-]+\.zip$/;
const sha256 = /^[\w+/]{43}=$/;

/**
 * What the fork may say in another way: its own version, and the provider's name written out. A function's code does not
 * come from CDKTF, and its hash differs: esbuild names the chunks of packages by the folder that they lie in, seen from the copy.
 */
const accepted: readonly { readonly path: RegExp; readonly values: readonly [RegExp, RegExp] }[] = [
  { path: /^\/\/\.metadata\.version$/, values: [/^0\.21\.\d+$/, /^0\.\d+\.\d+$/] },
  { path: /^terraform\.required_providers\.aws\.source$/, values: [/^aws$/, /^hashicorp\/aws$/] },
  { path: /^resource\.aws_lambda_function\.\w+\.filename$/, values: [bundle, bundle] },
  { path: /^resource\.aws_lambda_function\.\w+\.source_code_hash$/, values: [sha256, sha256] },
];

/** The places where two synthesized stacks differ, but for what the fork may say in another way; empty where they are equal. */
export function differences(ours: Json, theirs: Json, path: readonly string[] = []): readonly string[] {
  if (isObject(ours) && isObject(theirs)) {
    const names = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
    return [...names].flatMap((name) => differences(ours[name] ?? null, theirs[name] ?? null, [...path, name]));
  }
  const [one, other] = [JSON.stringify(ours), JSON.stringify(theirs)];
  if (one === other || isAccepted(path.join('.'), ours, theirs)) return [];
  return [`${path.join('.')}: ${one} with cdktf, ${other} with cdktn`];
}

function isAccepted(path: string, ours: Json, theirs: Json): boolean {
  return accepted.some(
    ({ path: known, values: [one, other] }) => known.test(path) && one.test(String(ours)) && other.test(String(theirs)),
  );
}

/** Arrays, too, whose names are their positions. */
const isObject = (value: Json): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null;

const mostShown = 5;

/** @throws Error that names the first places where they differ, and counts the others */
export function refuseDifferences(ours: Json, theirs: Json, made: string): void {
  const found = differences(ours, theirs);
  if (found.length === 0) return;
  const more = found.length > mostShown ? [`… and ${found.length - mostShown} more`] : [];
  throw new Error(`The stack that ${made} synthesizes differs:\n${[...found.slice(0, mostShown), ...more].join('\n')}`);
}

/** The one change: `infra/cdktf.ts` with the packages of the fork. */
export const swapped = (source: string): string =>
  source
    .replaceAll("from '@cdktf/provider-aws/", "from '@cdktn/provider-aws/")
    .replaceAll("from 'cdktf'", "from 'cdktn'");
