import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sagaFunctions } from '../saga-functions.ts';
import { variants, zipFileOf } from './bundle.ts';
import { zipOf } from './zip.ts';

/**
 * Zips with nothing of use in them: what a stack says does not depend on the code, and bundling takes its time.
 * @returns their folder, within `folder`
 */
export function placeholderBundles(folder: string): string {
  const bundles = join(folder, 'bundles');
  for (const variant of variants) {
    for (const { name } of sagaFunctions) {
      mkdirSync(join(bundles, variant, name), { recursive: true });
      writeFileSync(zipFileOf(name, variant, bundles), zipOf({ 'index.mjs': Buffer.from(`// ${variant} ${name}`) }));
    }
  }
  return bundles;
}
