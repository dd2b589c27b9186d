import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { configVariables, physicalName, type StageConfig, stageConfig } from './config.ts';
import { outputFolder, projectRoot, sourceMapFolder, stackFile } from './paths.ts';

/** All that a synth is made from: `package.json` says what `#payment-provider` is. */
const sources = ['functions', 'infra', 'schema', 'statemachine', 'package.json', 'package-lock.json', 'tsconfig.json'];

/**
 * Whether the synthesized stack of `STAGE` is missing or older than its sources, by content: file times change with every
 * checkout. Cheap (some 10 ms) and free of CDKTF, for `npm start` to ask each time.
 */
export function isStale(
  environment: NodeJS.ProcessEnv = process.env,
  root = projectRoot,
  maps = sourceMapFolder,
): boolean {
  const config = stageConfig(environment);
  const stamp = stampFile(config, environment);
  const file = stackFile(physicalName(config), outputFolder(environment));
  if (!existsSync(stamp) || !existsSync(file)) return true;
  // They go with `dist`, and an error of a function would name no source.
  if (config.stage === 'local' && !existsSync(maps)) return true;
  return readFileSync(stamp, 'utf8') !== stampOf(hashOfSources(environment, root), file);
}

/**
 * To be called before a synth: drops the stamp, so a synth that fails leaves no stamp. The returned function writes
 * the new one, of the sources as they were at the start: an edit meanwhile makes the result stale.
 */
export function beginStamp(environment: NodeJS.ProcessEnv = process.env, root = projectRoot): () => void {
  const config = stageConfig(environment);
  const stamp = stampFile(config, environment);
  rmSync(stamp, { force: true });
  const sourcesHash = hashOfSources(environment, root);
  return () => {
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, stampOf(sourcesHash, stackFile(physicalName(config), outputFolder(environment))));
  };
}

function stampFile(config: StageConfig, environment: NodeJS.ProcessEnv): string {
  return join(outputFolder(environment), 'stamps', physicalName(config));
}

function stampOf(sourcesHash: string, file: string): string {
  return `${sourcesHash} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`;
}

function hashOfSources(environment: NodeJS.ProcessEnv, root: string): string {
  const { stage, region } = stageConfig(environment);
  // What is named is the same as what is the default.
  const settings: NodeJS.ProcessEnv = { ...environment, STAGE: stage, AWS_REGION: region };
  const hash = createHash('sha256');
  hash.update(JSON.stringify(configVariables.map((name) => settings[name] ?? '')));
  for (const name of sources.flatMap((source) => filesBelow(root, source))) {
    hash.update(`\0${name}\0`);
    hash.update(readFileSync(join(root, name)));
  }
  return hash.digest('hex');
}

/** Names relative to the root, so that a checkout may move. */
function filesBelow(root: string, source: string): string[] {
  const path = join(root, source);
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [source];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}
