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
const barePackage = /^(@[\w-]+\/)?[a-z][\w.-]*(\/[\w./-]+)?$/;
const importOfVendor = new RegExp(`\\./${VENDOR}/([\\w.-]+\\.mjs)`, 'g');

/**
 * Takes packages out of the bundles into files of their own, equal to the byte in each zip that has them: where many functions share one
 * process, as in the local cloud, each is loaded once. Packages that the same functions import are one file, and esbuild splits what
 * they have in common; both are shaken over what all functions of the variant use together.
 */
export function vendor(options: BuildOptions): Plugin {
  let fileOf: ReadonlyMap<string, string>;
  return {
    name: 'vendor',
    setup(own) {
      own.onStart(async () => {
        fileOf = await vendorFilesFor(options);
      });
      own.onResolve({ filter: barePackage }, ({ path, kind }) => {
        const file = kind === 'entry-point' ? undefined : fileOf.get(path);
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

/** Of the last build, by what it was made from: a watcher asks again and again. */
let last: { readonly key: string; readonly fileOf: ReadonlyMap<string, string> } | undefined;

/** @param options of all functions. @returns the file of each package */
async function vendorFilesFor(options: BuildOptions): Promise<ReadonlyMap<string, string>> {
  const groups = groupsOf(await importsOfFunctions(options));
  const { conditions } = options;
  const key = JSON.stringify([conditions, ...groups.values()]);
  if (last?.key !== key) last = { key, fileOf: await buildVendor(options, groups) };
  return last.fileOf;
}

async function importsOfFunctions(options: BuildOptions): Promise<Imports[]> {
  const outside: Plugin = {
    name: 'packages-outside',
    setup(own) {
      own.onResolve({ filter: barePackage }, ({ path, kind }) =>
        kind === 'entry-point' ? undefined : { path, external: true },
      );
    },
  };
  const { plugins = [], ...rest } = options;
  const [entries] = plugins;
  const { outputFiles } = await build({
    ...rest,
    minify: false,
    sourcemap: false,
    write: false,
    plugins: entries === undefined ? [outside] : [entries, outside],
  });
  return outputFiles.map(({ text }) => importsOf(text));
}

/** Statements of an entry that exports what is used, by the entry's name. */
function groupsOf(functions: readonly Imports[]): ReadonlyMap<string, readonly string[]> {
  const packages = [...new Set(functions.flatMap((imports) => [...imports.keys()]))].filter(isPackage).sort();
  const byUsers = new Map<string, string[]>();
  for (const name of packages) {
    const used = [...new Set(functions.flatMap((imports) => [...(imports.get(name) ?? [])]))].sort();
    const users = functions.flatMap((imports, position) => (imports.has(name) ? [position] : []));
    // A file has one default export.
    const key = used.includes('default') ? name : users.join();
    byUsers.set(key, [...(byUsers.get(key) ?? []), `export { ${used.join(', ')} } from '${name}';`]);
  }
  const nameOf = (statement = '') => /from '@?(.*)'/.exec(statement)?.[1]?.replaceAll('/', '-') ?? '';
  return new Map([...byUsers.values()].map((statements) => [nameOf(statements[0]), statements]));
}

const isPackage = (path: string): boolean => barePackage.test(path) && !isBuiltin(path);

/** @returns the file of each package */
async function buildVendor(
  options: BuildOptions,
  groups: ReadonlyMap<string, readonly string[]>,
): Promise<ReadonlyMap<string, string>> {
  const { plugins = [], define: _define, sourcemap: _sourcemap, ...rest } = options;
  const entries: Plugin = {
    name: 'vendor-entries',
    setup(own) {
      own.onResolve({ filter: /^vendor:/ }, ({ path }) => ({ path, namespace: 'vendor' }));
      own.onLoad({ filter: /.*/, namespace: 'vendor' }, ({ path }) => ({
        contents: groups.get(path.slice('vendor:'.length))?.join('\n') ?? '',
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
    plugins: [entries, ...plugins.slice(1)],
  });
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]));
  for (const { path, contents } of outputFiles) {
    const imports = outputs.get(basename(path))?.imports.filter(({ external }) => external !== true) ?? [];
    files.set(basename(path), { contents, imports: imports.map((each) => basename(each.path)) });
  }
  const fileOf = new Map<string, string>();
  for (const [file, { entryPoint }] of outputs) {
    const statements = groups.get(entryPoint?.replace(/^vendor:(vendor:)?/, '') ?? '') ?? [];
    for (const statement of statements) fileOf.set(/from '(.*)'/.exec(statement)?.[1] ?? '', file);
  }
  return fileOf;
}
