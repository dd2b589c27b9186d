import { rmSync } from 'node:fs';
import { relative } from 'node:path';
import { bundleFunctions, variantOf, writeBundles } from './bundling/bundle.ts';
import { stageConfig } from './config.ts';
import { outputFolder, projectRoot, sourceMapFolder } from './paths.ts';
import { beginStamp } from './stale.ts';

/**
 * Builds the bundles of the stage that `STAGE` names, unless they are `built` already, and synthesizes its stack. Returns the synthesized
 * file. To be run as a process of its own where the caller has to stay small: CDKTF takes 100 MB.
 */
export async function synthesize(
  environment: NodeJS.ProcessEnv = process.env,
  { built = false } = {},
): Promise<string> {
  const config = stageConfig(environment);
  const finishStamp = beginStamp(environment);
  const variant = variantOf(config);
  const bundling = built ? undefined : bundleFunctions(variant, { maps: config.stage === 'local' });
  const [bundles, { synthesizeApp }] = await Promise.all([bundling, import('./main.ts')]);
  if (bundles !== undefined) {
    rmSync(sourceMapFolder, { recursive: true, force: true });
    writeBundles(variant, bundles);
  }
  const file = synthesizeApp(config, { output: outputFolder(environment) });
  finishStamp();
  return file;
}

if (import.meta.main) {
  try {
    const file = await synthesize(process.env, { built: process.argv.includes('--built') });
    console.log(`Synthesized stage ${stageConfig().stage} to ${relative(projectRoot, file)}`);
  } catch (error) {
    console.error(`Synth failed: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
