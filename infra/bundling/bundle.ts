import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BuildOptions, build, type OutputFile } from 'esbuild';
import type { StageConfig } from '../config.ts';
import type { SagaFunctionDefinition } from '../functions/definition.ts';
import { distFolder, projectRoot } from '../paths.ts';
import { sagaFunctions } from '../saga-functions.ts';
import { entryOf, legSteps } from './entries.ts';
import { lambdaCredentials } from './lambda-credentials.ts';
import { writeSourceMap } from './source-maps.ts';
import { stripeResources } from './stripe-resources.ts';
import { type VendorSource, vendor, vendorFilesFor, vendorOf } from './vendor.ts';
import { zipOf } from './zip.ts';

/** With the fault-injection middleware, or without a trace of it; with Stripe, or with the built-in ledger. */
export const variants = ['faults', 'no-faults', 'faults-stripe', 'no-faults-stripe'] as const;
export type Variant = (typeof variants)[number];

export function variantOf({ faults, payments }: Pick<StageConfig, 'faults' | 'payments'>): Variant {
  const variant = faults ? 'faults' : 'no-faults';
  return payments === 'stripe' ? `${variant}-stripe` : variant;
}

export interface Bundle {
  readonly definition: SagaFunctionDefinition;
  /** By their path in the zip; the handler is in `index.mjs`. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** Each file by itself, as a zip has it. */
  readonly gzippedBytes: number;
  /** Of the sources, where it was asked for. */
  readonly map?: Uint8Array | undefined;
}

/** Where the synth finds a function's zip. */
export function zipFileOf(name: string, variant: Variant, output = distFolder): string {
  return join(output, variant, name, `${name}.zip`);
}

export interface BundleOptions {
  /** All by default. */
  readonly definitions?: readonly SagaFunctionDefinition[];
  /** Source maps beside the bundles, which have no trace of them. */
  readonly maps?: boolean;
}

/** What esbuild is told, in any place where functions are bundled. */
export function esbuildOptions(variant: Variant, { definitions, maps = false }: BundleOptions = {}) {
  return {
    ...withPackages(variant, definitions),
    plugins: [legSteps, vendor(vendorSource(variant))],
    ...(maps ? { sourcemap: 'external', sourcesContent: false } : {}),
  } as const satisfies BuildOptions;
}

/** Of bundles that carry their packages in themselves, without plugins. */
function withPackages(variant: Variant, definitions: readonly SagaFunctionDefinition[] = sagaFunctions) {
  return {
    absWorkingDir: projectRoot,
    entryPoints: definitions.map((definition) => ({ in: entryOf(definition), out: definition.name })),
    outdir: distFolder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    minify: true,
    treeShaking: true,
    // ES modules first: the SDK's CommonJS builds cannot be shaken and weigh a third more.
    mainFields: ['module', 'main'],
    define: { __FAULTS__: String(variant.startsWith('faults')) },
    // Picks `#payment-provider` in package.json.
    ...(variant.endsWith('-stripe') ? { conditions: ['module', 'stripe'] } : {}),
    loader: { '.graphql': 'text' },
    legalComments: 'none',
    logLevel: 'error',
  } as const satisfies BuildOptions;
}

const vendorSource = (variant: Variant): VendorSource => ({
  options: withPackages(variant),
  ofFunctions: [legSteps],
  ofPackages: [lambdaCredentials, stripeResources],
});

/** Builds the vendor files, which the first bundle would have to wait for. */
export async function prepareVendor(variant: Variant): Promise<void> {
  await vendorFilesFor(vendorSource(variant));
}

/** Bundles functions, in memory. */
export async function bundleFunctions(variant: Variant, options: BundleOptions = {}): Promise<readonly Bundle[]> {
  const { outputFiles } = await build(esbuildOptions(variant, options));
  return bundlesOf(outputFiles, options.definitions);
}

/** @throws Error where a bundle is missing or cannot run */
export function bundlesOf(
  outputFiles: readonly OutputFile[],
  definitions: readonly SagaFunctionDefinition[] = sagaFunctions,
): readonly Bundle[] {
  const fileOf = (name: string) => outputFiles.find(({ path }) => path === join(distFolder, name));
  return definitions.map((definition) => {
    const output = fileOf(`${definition.name}.mjs`);
    if (output === undefined) throw new Error(`esbuild made no bundle of ${entryOf(definition)}`);
    const files = { 'index.mjs': output.contents, ...Object.fromEntries(vendorOf(output.text)) };
    for (const file of Object.values(files)) refuseRequire(definition, Buffer.from(file).toString());
    const map = fileOf(`${definition.name}.mjs.map`)?.contents;
    return { definition, files, gzippedBytes: gzippedBytesOf(files), map };
  });
}

export function gzippedBytesOf(files: Bundle['files']): number {
  return Object.values(files).reduce((sum, file) => sum + gzipSync(file, { level: 9 }).byteLength, 0);
}

/**
 * Writes `<output>/<variant>/<name>/index.mjs` with its vendor files, and a zip of them beside, in place of what was there. No zip is missing
 * meanwhile: a local cloud that runs beside may be about to unpack it.
 */
export function writeBundles(variant: Variant, bundles: readonly Bundle[], output = distFolder): void {
  const folder = join(output, variant);
  mkdirSync(folder, { recursive: true });
  clear(
    folder,
    bundles.map(({ definition }) => definition.name),
  );
  for (const bundle of bundles) {
    const { name } = bundle.definition;
    if (existsSync(join(folder, name))) clear(join(folder, name), [basename(zipFileOf(name, variant))]);
    writeBundle(variant, bundle, output);
  }
}

function clear(folder: string, kept: readonly string[]): void {
  for (const name of readdirSync(folder)) if (!kept.includes(name)) rmSync(join(folder, name), { recursive: true });
}

/** @returns the zip */
export function writeBundle(variant: Variant, { definition, files, map }: Bundle, output = distFolder): string {
  const folder = join(output, variant, definition.name);
  for (const [path, contents] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), contents);
  }
  if (map !== undefined) writeSourceMap(files['index.mjs'] ?? new Uint8Array(), map);
  const zip = zipFileOf(definition.name, variant, output);
  // At once, for a local cloud that unpacks it meanwhile.
  writeFileSync(`${zip}.new`, zipOf(files));
  renameSync(`${zip}.new`, zip);
  return zip;
}

/** A CommonJS package that requires a Node module breaks an ES module bundle, but only once that line runs. */
function refuseRequire(definition: SagaFunctionDefinition, text: string): void {
  if (!text.includes('Dynamic require of')) return;
  throw new Error(
    `The bundle of ${definition.name} calls require() for a module outside of it, which ES modules do not have: ` +
      'replace the CommonJS dependency, or give the bundle a createRequire banner',
  );
}
