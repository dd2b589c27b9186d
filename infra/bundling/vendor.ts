import { isBuiltin } from 'node:module';
import { basename } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { projectRoot } from '../paths.ts';
import { type Imports, importsOf } from './vendor-imports.ts';

/** A file of a zip's `vendor/` folder; its name tells its content. */
interface VendorFile {
  readonly contents: Uint8Array;
  /** Names of the vendor files that it imports. */
  readonly imports: readonly string[];
}

/** All that this process has built, by name. */
const files = new Map<string, VendorFile>();

/** Folder of a zip that holds them. */
const VENDOR = 'vendor';
/** No entry: esbuild puts `./` before one that is a file. */
const barePackage = /^(@[\w-]+\/)?[a-z][\w.-]*(\/[\w./-]+)?$/;
const importOfVendor = new RegExp(`\\./${VENDOR}/([\\w.-]+\\.mjs)`, 'g');

/** How functions are bundled with their packages inside. */
export interface VendorSource {
  /** Of all functions. */
  readonly options: BuildOptions;
  /** What the functions' own entries need. */
  readonly ofFunctions: readonly Plugin[];
  /** What packages need. */
  readonly ofPackages: readonly Plugin[];
}

/**
 * Takes packages out of the bundles into files of their own, equal to the byte in each zip that has them: where many functions share one
 * process, as in the local cloud, each is loaded once. Packages that the same functions import are one file, and esbuild splits what
 * they have in common; both are shaken over what all functions of the variant use together.
 */
export function vendor(source: VendorSource): Plugin {
  let fileOf: ReadonlyMap<string, string>;
  return {
    name: 'vendor',
    setup(own) {
      own.onStart(async () => {
        fileOf = await vendorFilesFor(source, own.initialOptions.entryPoints);
      });
      own.onResolve({ filter: barePackage }, ({ path }) => {
        const file = fileOf.get(path);
        return file === undefined ? undefined : { path: `./${VENDOR}/${file}`, external: true };
      });
    },
  };
}

/** The vendor files that a bundle needs, by their path in the zip. */
export function vendorOf(bundle: string): ReadonlyMap<string, Uint8Array> {
  const needed = new Map<string, Uint8Array>();
  const add = (name: string): void => {
    const file = files.get(name);
    if (file === undefined || needed.has(`${VENDOR}/${name}`)) return;
    needed.set(`${VENDOR}/${name}`, file.contents);
    for (const imported of file.imports) add(imported);
  };
  for (const [, name = ''] of bundle.matchAll(importOfVendor)) add(name);
  return needed;
}

interface Known {
  /** By function. */
  readonly imports: Map<string, Imports>;
  /** Of the last build, and what it was made from. */
  built?: { readonly key: string; readonly fileOf: ReadonlyMap<string, string> };
}

/** By variant: a watcher asks again and again, for a few functions each time. */
const knownVariants = new Map<string, Known>();

/** @param entryPoints the functions that are built now; all by default. @returns the file of each package */
export async function vendorFilesFor(
  source: VendorSource,
  entryPoints?: BuildOptions['entryPoints'],
): Promise<ReadonlyMap<string, string>> {
  const { options: all } = source;
  const variant = JSON.stringify([all.conditions, all.define]);
  const known: Known = knownVariants.get(variant) ?? { imports: new Map() };
  knownVariants.set(variant, known);
  const options = known.imports.size === 0 || entryPoints === undefined ? all : { ...all, entryPoints };
  const found = await importsOfFunctions(options, source.ofFunctions).catch(() => undefined);
  // Sources that cannot be read: the bundling itself says why, at its place.
  if (found === undefined) return known.built?.fileOf ?? new Map();
  for (const [name, imports] of found) known.imports.set(name, imports);
  const groups = groupsOf([...known.imports.values()]);
  const key = JSON.stringify([...groups]);
  if (known.built?.key !== key) known.built = { key, fileOf: await buildVendor(source, groups) };
  return known.built.fileOf;
}

async function importsOfFunctions(options: BuildOptions, plugins: readonly Plugin[]): Promise<[string, Imports][]> {
  const outside: Plugin = {
    name: 'packages-outside',
    setup(own) {
      own.onResolve({ filter: barePackage }, ({ path }) => ({ path, external: true }));
    },
  };
  const { outputFiles } = await build({
    ...options,
    minify: false,
    write: false,
    logLevel: 'silent',
    plugins: [...plugins, outside],
  });
  return outputFiles.map(({ path, text }) => [basename(path), importsOf(text)]);
}

/** Packages of one file, each with the statement that exports what is used of it. */
type Group = readonly (readonly [name: string, statement: string])[];

/** By the name of their entry, which is that of their first package. */
function groupsOf(functions: readonly Imports[]): ReadonlyMap<string, Group> {
  const packages = [...new Set(functions.flatMap((imports) => [...imports.keys()]))].filter(isPackage).sort();
  const byUsers = new Map<string, { readonly entry: string; readonly group: Group }>();
  for (const name of packages) {
    const used = [...new Set(functions.flatMap((imports) => [...(imports.get(name) ?? [])]))].sort();
    const users = functions.flatMap((imports, position) => (imports.has(name) ? [position] : []));
    // A file has one default export.
    const key = used.includes('default') ? name : users.join();
    const { entry, group } = byUsers.get(key) ?? { entry: name.replace(/^@/, '').replaceAll('/', '-'), group: [] };
    byUsers.set(key, { entry, group: [...group, [name, `export { ${used.join(', ')} } from '${name}';`]] });
  }
  return new Map([...byUsers.values()].map(({ entry, group }) => [entry, group]));
}

const isPackage = (path: string): boolean => barePackage.test(path) && !isBuiltin(path);

/** @returns the file of each package */
async function buildVendor(
  { options, ofPackages }: VendorSource,
  groups: ReadonlyMap<string, Group>,
): Promise<ReadonlyMap<string, string>> {
  const { define: _define, ...rest } = options;
  const texts = new Map(
    [...groups].map(([entry, group]) => [`vendor:${entry}`, group.map(([, statement]) => statement).join('\n')]),
  );
  const entries: Plugin = {
    name: 'vendor-entries',
    setup(own) {
      own.onResolve({ filter: /^vendor:/ }, ({ path }) => ({ path, namespace: 'vendor', pluginData: texts.get(path) }));
      own.onLoad({ filter: /.*/, namespace: 'vendor' }, ({ pluginData }) => ({
        contents: pluginData,
        loader: 'js',
        resolveDir: projectRoot,
      }));
    },
  };
  const { outputFiles, metafile } = await build({
    ...rest,
    entryPoints: [...groups.keys()].map((name) => ({ in: `vendor:${name}`, out: name })),
    entryNames: '[name]-[hash]',
    chunkNames: 'shared-[hash]',
    splitting: true,
    metafile: true,
    write: false,
    plugins: [entries, ...ofPackages],
  });
  const contentsOf = new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]));
  const fileOf = new Map<string, string>();
  // What packages have in common is a file without an entry.
  for (const [path, { imports, entryPoint = '' }] of Object.entries(metafile.outputs)) {
    const file = basename(path);
    const own = imports.filter(({ external }) => external !== true).map((each) => basename(each.path));
    files.set(file, { contents: contentsOf.get(file) as Uint8Array, imports: own });
    for (const [name] of groups.get(entryPoint.replace(/^vendor:(vendor:)?/, '')) ?? []) fileOf.set(name, file);
  }
  return fileOf;
}
