/** The page as one script and one style sheet. */
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { consoleFolder, pageFolder, projectRoot } from './paths.ts';

export const bundleOptions = {
  entryPoints: [{ in: join(pageFolder, 'main.tsx'), out: 'app' }],
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['es2022'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  // The signals' package names a private member by its mangled name.
  legalComments: 'none',
  logLevel: 'silent',
} as const satisfies BuildOptions;

export async function bundlePage(outdir: string): Promise<void> {
  await build({ ...bundleOptions, outdir });
}

/** @returns a module with the project's own sources in it, to be loaded from anywhere below the project */
export async function bundleFacts(): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: projectRoot,
    entryPoints: [join(consoleFolder, 'server', 'leg-facts.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
