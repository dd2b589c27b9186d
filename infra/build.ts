import { relative } from 'node:path';
import { bundleFunctions, variantOf, writeBundles } from './bundling/bundle.ts';
import { stageConfig } from './config.ts';
import { distFolder, projectRoot } from './paths.ts';

try {
  const variant = variantOf(stageConfig());
  const bundles = await bundleFunctions(variant);
  writeBundles(variant, bundles);
  console.log(`Built ${bundles.length} functions (${variant}) to ${relative(projectRoot, distFolder)}/${variant}`);
} catch (error) {
  console.error(`Build failed: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
