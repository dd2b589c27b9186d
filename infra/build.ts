/** `npm run build` */
import { relative } from 'node:path';
import { withBuildLock } from './build-lock.ts';
import { bundleFunctions, variantOf, writeBundles } from './bundling/bundle.ts';
import { stageConfig } from './config.ts';
import { runCommand } from './operations/run-command.ts';
import { distFolder, projectRoot } from './paths.ts';

const usage = `npm run build    writes the functions' bundles

  STAGE    whose bundles: local (default), dev or prod
  --help   this text`;

await runCommand('build', usage, {}, async () => {
  const config = stageConfig();
  const variant = variantOf(config);
  const bundles = await withBuildLock(async () => {
    const built = await bundleFunctions(variant, { maps: config.stage === 'local' });
    writeBundles(variant, built);
    return built;
  });
  console.log(`Built ${bundles.length} functions (${variant}) to ${relative(projectRoot, distFolder)}/${variant}`);
});
