import { execFile } from 'node:child_process';
import { relative } from 'node:path';
import { promisify } from 'node:util';
import { withBuildLock } from './build-lock.ts';
import { bundleFunctions, variantOf, writeBundles } from './bundling/bundle.ts';
import { pruneSourceMaps } from './bundling/source-maps.ts';
import { physicalName, stageConfig } from './config.ts';
import { runCommand } from './operations/run-command.ts';
import { aslFile, drawCommand, outputFolder, projectRoot, stackFile } from './paths.ts';
import { beginStamp, isStale } from './stale.ts';

export interface SynthOptions {
  /** Leaves the bundles as they are. */
  readonly built?: boolean;
  /** Does nothing where another process has done it meanwhile. */
  readonly ifStale?: boolean;
}

/**
 * Builds the bundles of the stage that `STAGE` names, unless they are `built` already, and synthesizes its stack, once no other process
 * builds. Returns the synthesized file. To be run as a process of its own where the caller has to stay small: CDKTF takes 100 MB.
 */
export async function synthesize(
  environment: NodeJS.ProcessEnv = process.env,
  { built = false, ifStale = false }: SynthOptions = {},
): Promise<string> {
  return withBuildLock(async () => {
    if (ifStale && !isStale(environment))
      return stackFile(physicalName(stageConfig(environment)), outputFolder(environment));
    return buildAndSynthesize(environment, built);
  });
}

async function buildAndSynthesize(environment: NodeJS.ProcessEnv, built: boolean): Promise<string> {
  const config = stageConfig(environment);
  const finishStamp = beginStamp(environment);
  const variant = variantOf(config);
  const drawing = config.stage === 'local' ? drawMachine() : undefined;
  const bundling = built ? undefined : bundleFunctions(variant, { maps: config.stage === 'local' });
  const [bundles, { synthesizeApp }] = await Promise.all([bundling, import('./main.ts')]);
  if (bundles !== undefined) {
    writeBundles(variant, bundles);
    pruneSourceMaps();
  }
  const file = synthesizeApp(config, { output: outputFolder(environment) });
  await drawing;
  finishStamp();
  return file;
}

/** For the console of `npm start`, so that the first look at a run need not wait. What is missing it draws by itself, and tells why it cannot. */
const drawMachine = (): Promise<unknown> =>
  promisify(execFile)(process.execPath, [drawCommand, 'draw', aslFile]).catch(() => undefined);

const usage = `npm run synth -- [options]    writes the bundles and the Terraform file of a stage

  --built            leaves the bundles as they are
  STAGE              local (default), dev or prod
  CDKTF_OUTDIR       the folder to write to (default: cdktf.out)
  --help             this text

docs/reference.md lists all settings.`;

if (import.meta.main) {
  await runCommand('synth', usage, { options: { built: { type: 'boolean', default: false } } }, async ({ values }) => {
    const file = await synthesize(process.env, { built: values.built });
    console.log(`Synthesized stage ${stageConfig().stage} to ${relative(projectRoot, file)}`);
  });
}
