/** The page as one script and one style sheet. */
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { pageFolder } from './paths.ts';

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
