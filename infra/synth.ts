import { relative } from 'node:path';
import { bundleFunctions, variantOf, writeBundles } from './bundling/bundle.ts';
import { stageConfig } from './config.ts';
import { outputFolder, projectRoot } from './paths.ts';
import { beginStamp } from './stale.ts';

/**
 * Builds the bundles of the stage that `STAGE` names and synthesizes its stack. Returns the synthesized file.
 * To be run as a process of its own where the caller has to stay small: CDKTF takes 100 MB.
 */
export async function synthesize(environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  const config = stageConfig(environment);
  const finishStamp = beginStamp(environment);
  const variant = variantOf(config);
  const [bundles, { synthesizeApp }] = await Promise.all([bundleFunctions(variant), import('./main.ts')]);
  writeBundles(variant, bundles);
  const file = synthesizeApp(config, { output: outputFolder(environment) });
  finishStamp();
  return file;
}

if (import.meta.main) {
  try {
    const file = await synthesize();
    console.log(`Synthesized stage ${stageConfig().stage} to ${relative(projectRoot, file)}`);
  } catch (error) {
    console.error(`Synth failed: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
